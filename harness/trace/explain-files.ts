/** Steps by which a daemon leaves directories, masks and descriptors behind. */

import type { Step } from '../facts/trace.ts';
import { plantedDescriptors } from '../launch/protocol.ts';
import { pathOf } from './daemon-steps.ts';
import { descriptor, did, failed, listed, never, type StepExplanation } from './walk.ts';

export const staysInDirectory: StepExplanation = (walk) => {
  const last = walk.path.findLast(({ call }) => call === 'chdir');
  if (last === undefined) return never('chdir', walk);
  const [to = ''] = last.arguments;
  if (last.errno !== null) return `chdir(2) to ${to} failed with ${last.errno}`;
  return to === '"/"' ? null : `the last chdir(2) went to ${to}`;
};

export const changesRoot: StepExplanation = ({ path }) => {
  const last = path.findLast(did('chroot'));
  return last === undefined ? null : `chroot(2) to ${last.arguments[0]} succeeded`;
};

export const keepsMask: StepExplanation = (walk) => {
  const last = walk.path.findLast(did('umask'));
  return last === undefined ? never('umask', walk) : `the last umask(2) set ${last.arguments[0]}`;
};

const namesNull = '"/dev/null"';
/** So far back as close_range(2) can reach; a run of close(2) has the numbers it began and ended with. */
function closes({ call, arguments: given, errno }: Step, fd: number): boolean {
  if (errno !== null || (call !== 'close' && call !== 'close_range')) return false;
  if (call === 'close_range' && given[2]?.includes('CLOEXEC') === true) return false;
  const ends = [given[0], given[1] ?? given[0]].map((text = '') => descriptor(text));
  return fd >= Math.min(...ends) && fd <= Math.max(...ends);
}

/** What was last done to a standard stream, in words without its number; null if it leads to the null device. */
function fate(stream: number, path: readonly Step[]): string | null {
  const last = path.findLast(
    (step) =>
      closes(step, stream) ||
      (did('dup2')(step) && step.arguments[1] === String(stream)) ||
      (did('open')(step) && descriptor(step.result ?? '') === stream),
  );
  if (last === undefined) return 'no dup2(2) onto';
  if (last.call === 'close' || last.call === 'close_range')
    return `no open(2) came after the ${last.call}(2) of`;
  const source = last.call === 'dup2' ? pathOf(last.arguments[0] ?? '') : (last.arguments[0] ?? null);
  if (source !== null && source !== namesNull) return `${last.call}(2) put ${source} on`;
  const opened = path.findLast((step) => did('open')(step) && step.arguments[0] === namesNull);
  return stream > 0 && opened?.arguments[1]?.startsWith('O_RDONLY') === true
    ? `open(2) of ${namesNull} was O_RDONLY, and it was put on`
    : null;
}

export const keepsStreams: StepExplanation = ({ path }) => {
  const fates = new Map<string, string[]>();
  for (const stream of [0, 1, 2]) {
    const words = fate(stream, path);
    if (words !== null) fates.set(words, [...(fates.get(words) ?? []), String(stream)]);
  }
  const parts = [...fates].map(([words, streams]) => `${words} ${listed(streams)}`);
  return parts.length === 0 ? null : parts.join('; ');
};

/** Numbers from 3 up: whether anything was done to close them, and how far it went. */
export const keepsDescriptors: StepExplanation = ({ path }) => {
  const tried = path.filter(
    ({ call, arguments: given }) =>
      call === 'close_range' || (call === 'close' && given.some((fd) => descriptor(fd) > 2)),
  );
  const refused = tried.findLast(failed('close_range'));
  const done = tried.filter(({ errno }) => errno === null);
  if (tried.length === 0) return 'neither close_range(2) nor close(2) of what is above 2 was called';
  if (done.length === 0) return `close_range(2) failed with ${refused?.errno}`;
  // Those that are planted, and the ones between them.
  const missed = plantedDescriptors.filter(({ fd }) => !done.some((step) => closes(step, fd)));
  if (missed.length === 0) return null;
  const shown = done.map(
    ({ call, arguments: [from = '', to = from, flags] }) =>
      `${call}(2) went from ${from} to ${to}${flags === undefined ? '' : ` with ${flags}`}`,
  );
  return listed(shown.slice(-2));
};
