/** One thing that was written, given to the command line of this process: what must not come of it, if it did. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../../harness/cli/io.ts';
import { main } from '../../harness/cli/main.ts';
import type { Services } from '../../harness/cli/services.ts';
import type { Report } from '../../harness/report/report.ts';
import { requirements } from '../requirements/index.ts';
import { batchFile, commandLine, configFile, reportFile } from './grammar.ts';
import type { Random } from './random.ts';

export interface FuzzCase {
  readonly argv: readonly string[];
  /** Files that are put into the directory, by name. */
  readonly files: Readonly<Record<string, string>>;
}

export const fuzzKinds = ['line', 'config', 'batch', 'report'] as const;
export type FuzzKind = (typeof fuzzKinds)[number];

export function makeCase(kind: FuzzKind, random: Random, report: Report): FuzzCase {
  const files = { 'report.json': JSON.stringify(report) };
  switch (kind) {
    case 'line':
      return { argv: commandLine(random), files };
    case 'config':
      return { argv: ['--config=config.json', 'true'], files: { 'config.json': configFile(random) } };
    case 'batch':
      return { argv: ['batch', 'batch.json'], files: { 'batch.json': batchFile(random) } };
    case 'report': {
      const format = random.pick(['pretty', 'json', 'markdown', 'html']);
      const spoilt = { ...files, 'spoilt.json': reportFile(random, report) };
      return { argv: ['compare', 'report.json', 'spoilt.json', '-f', format], files: spoilt };
    }
  }
}

const statuses = [0, 1, 2, 3, 77, 130, 143];
/** What the services answer that launch; anything else that fails is a fault of the harness. */
const asMeant = 'nothing is launched here';

function servicesWith(report: Report): Services {
  const none = (): Promise<never> => Promise.reject(new Error(asMeant));
  return {
    check: async () => report,
    inspect: async () => report,
    findProcesses: async () => [],
    scratchDirectory: none,
    batch: none,
    requirements: async () => requirements,
    promisesBehind: async () => [],
    diagnose: none,
    suite: none,
    planSuite: none,
    recordSuite: none,
    version: () => '0.0.0',
  };
}

export interface Answer {
  /** Null if there was none. */
  readonly status: number | null;
  /** What is wrong with it; null if nothing is. */
  readonly fault: string | null;
}

/** Gives it to the command line, in a directory of its own. */
export async function play({ argv, files }: FuzzCase, directory: string, report: Report): Promise<Answer> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const said = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY: false,
    columns: null,
    write: async (text: string) => {
      said[name] += text;
    },
  });
  const io: Io = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: { PATH: '/usr/bin:/bin' },
    cwd: directory,
    onStopSignal: () => () => {},
  };
  try {
    const status = await main(argv, io, servicesWith(report));
    return { status, fault: faultIn(status, said.stderr) };
  } catch (error) {
    return { status: null, fault: `it threw ${error instanceof Error ? error.stack : String(error)}` };
  } finally {
    for (const name of Object.keys(files)) rmSync(join(directory, name), { force: true });
  }
}

function faultIn(status: number, stderr: string): string | null {
  if (!statuses.includes(status)) return `status ${status}`;
  if (/^\s+at /m.test(stderr) && !stderr.includes(asMeant)) return `a stack trace: ${stderr}`;
  if (status === 3 && !stderr.includes(asMeant) && !stderr.includes('could not be written')) {
    return stderr === '' ? null : `the harness failed: ${stderr}`;
  }
  return /[\0-\x08\x0b-\x1f\x7f]/.test(stderr) ? `control characters: ${JSON.stringify(stderr)}` : null;
}
