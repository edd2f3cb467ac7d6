/** `-f FORMAT[=FILE]`, any number of times: what is written where. */

import { resolve } from 'node:path';
import { choose } from '../options/choice.ts';
import { descriptorNamed } from '../options/input-file.ts';
import { type ParseResult, understood, usageError } from '../options/usage-error.ts';
import { type Destination, openFile, openStream, type StreamNumber } from './destination.ts';
import type { Io } from './io.ts';

interface RequestedOutput {
  readonly format: string;
  /** As the user wrote it; `standard output` without one. */
  readonly name: string;
  readonly place:
    | { readonly kind: 'stream'; readonly fd: StreamNumber }
    | { readonly kind: 'file'; readonly path: string };
}

export interface OpenOutput {
  readonly format: string;
  readonly destination: Destination;
}

/** Says what is wrong with a file before anything is launched. A report for people goes to standard output unless another does. */
export function openOutputs(
  values: readonly string[],
  formats: readonly string[],
  io: Io,
): ParseResult<readonly OpenOutput[]> {
  const wanted: RequestedOutput[] = [];
  for (const value of values) {
    const one = parse(value, formats, io.cwd);
    if (one.kind === 'usage-error') return one;
    const twice = wanted.find(({ place }) => keyOf(place) === keyOf(one.value.place));
    if (twice !== undefined)
      return usageError(
        `--format ${value}: ${twice.name} already gets ${twice.format}; give it a file of its own`,
      );
    wanted.push(one.value);
  }
  if (!wanted.some(({ place }) => place.kind === 'stream' && place.fd === 1)) {
    const format = usual(values, formats, io);
    wanted.unshift({ format, name: 'standard output', place: { kind: 'stream', fd: 1 } });
  }
  const open: OpenOutput[] = [];
  for (const { format, name, place } of wanted) {
    const destination = place.kind === 'stream' ? openStream(place.fd, name, io) : openFile(place.path, name);
    if (destination.kind === 'usage-error') return destination;
    open.push({ format, destination: destination.value });
  }
  return understood(open);
}

/** In GitHub Actions, where nothing else is asked for, the format that its log understands. */
function usual(values: readonly string[], formats: readonly string[], { env }: Io): string {
  const inActions = values.length === 0 && env.GITHUB_ACTIONS === 'true';
  return inActions && formats.includes('github') ? 'github' : 'pretty';
}

function keyOf(place: RequestedOutput['place']): string {
  return place.kind === 'stream' ? `fd ${place.fd}` : place.path;
}

function parse(value: string, formats: readonly string[], cwd: string): ParseResult<RequestedOutput> {
  const [, word = '', , file = null] = /^([^=]*)(=(.*))?$/s.exec(value) ?? [];
  const format = choose(word, formats, { of: '--format', noun: 'format' });
  if (format.kind === 'usage-error') return format;
  if (file === '') return usageError(`--format ${value} names no file; write ${word} or ${word}=FILE`);
  if (file === null) {
    return understood({ format: word, name: 'standard output', place: { kind: 'stream', fd: 1 } });
  }
  const fd = streamOf(file);
  const place: RequestedOutput['place'] =
    fd === null ? { kind: 'file', path: resolve(cwd, file) } : { kind: 'stream', fd };
  return understood({ format: word, name: file, place });
}

/** Names of a descriptor of ours: to open such a name again would start the file over. */
function streamOf(file: string): StreamNumber | null {
  return file === '-' ? 1 : descriptorNamed(file);
}
