/**
 * The program finds the pidfile of an earlier daemon: of one that is gone, and of one whose number another process has
 * been given since. That process has every signal blocked, so that each it is sent stays pending and can be read.
 */

import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { FileSnapshot } from '../facts/file.ts';
import { type Start, type Unavailable, unavailable } from '../facts/finding.ts';
import { isUnreadable, noSurroundings } from '../facts/process.ts';
import type { SignalName, StartState } from '../facts/start-state.ts';
import { findProgram } from '../launch/find-program.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { ownPid, placeOf } from '../launch/place-of.ts';
import { startStates } from '../launch/start-states.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { observer } from '../observe/system.ts';
import { attempt } from './attempt.ts';
import { planted, withPidfile } from './declared-pidfile.ts';
import type { Probe } from './probe.ts';
import { type ProbeContext, startedOf } from './probe-context.ts';
import { endingOf, endOf } from './survival.ts';
import { withWorld } from './world.ts';

/** Starts that found a pidfile which an earlier daemon has left. */
export interface StaleStarts {
  readonly kind: 'stale-starts';
  readonly path: string;
  readonly starts: readonly {
    /** The process that the pidfile names is gone, or another one that has nothing to do with the program. */
    readonly named: 'gone' | 'another';
    readonly pid: number;
    readonly start: Start;
    /** Signals that the named process was sent. */
    readonly signals: readonly string[];
  }[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'stale-pidfile': StaleStarts;
  }
}

type StaleStart = StaleStarts['starts'][number];

const unblockable = ['SIGKILL', 'SIGSTOP'];

const everythingBlocked: StartState = {
  ...startStates.detached,
  blocked: (Object.keys(constants.signals) as SignalName[]).filter((name) => !unblockable.includes(name)),
};

/** What the program leaves under the name itself: whoever drops root writes a file that it can write again. */
type OwnPidfile = Pick<FileSnapshot, 'userId' | 'mode'>;

async function ownPidfile(context: ProbeContext, path: string): Promise<OwnPidfile | Unavailable> {
  return context.settled({ start: context.plainStart, restsOn: [] }, async ({ launch }) => {
    const { file } = await launch.act({ kind: 'read-file', path });
    return file === null || 'absent' in file || file.kind !== 'file'
      ? unavailable(`the program writes no ${path} that could be left`)
      : { userId: file.userId, mode: file.mode };
  });
}

function plant(path: string, pid: number, { userId, mode }: OwnPidfile): void {
  writeFileSync(path, `${pid}\n`, { flag: 'wx', mode: 0o600 });
  // An ordinary user's program can have written as nobody else.
  if (process.getuid?.() === 0) chownSync(path, userId, -1);
  chmodSync(path, Number.parseInt(mode, 8) & 0o777);
}

async function startOver(
  context: ProbeContext,
  within: Launch | null,
  path: string,
  own: OwnPidfile,
  pid: number,
): Promise<StaleStart['start'] | Unavailable> {
  const place = placeOf(within, path);
  return planted(
    context,
    within,
    place,
    () => plant(place, pid, own),
    async () => {
      const found = await attempt(context, { start: context.plainStart, restsOn: [], within });
      return 'kind' in found ? found : found.start;
    },
  );
}

async function afterOneThatIsGone(
  context: ProbeContext,
  path: string,
  own: OwnPidfile,
): Promise<StaleStart | Unavailable> {
  const { pid } = process.getBuiltinModule('node:child_process').spawnSync('/bin/sh', ['-c', ':']);
  const start = await withWorld(context, (within) => startOver(context, within, path, own, pid));
  return 'kind' in start ? start : { named: 'gone', pid, start, signals: [] };
}

/** Signals it was sent, by what is pending; null before it is as it should be. */
function pendingOf(pid: number): readonly string[] | null {
  const seen = observer().observeProcess(pid, noSurroundings);
  if ('gone' in seen || isUnreadable(seen.facts.signals)) return null;
  const { pending } = seen.facts.signals;
  return seen.facts.state === 'T' ? [...pending, 'SIGSTOP'] : pending;
}

async function besideAnother(
  context: ProbeContext,
  path: string,
  own: OwnPidfile,
): Promise<StaleStart | Unavailable> {
  // Not the sleep(1) that programs which make daemons of others are usually tried with.
  const tail = findProgram('tail', { cwd: '/', path: '/bin:/usr/bin' });
  if (tail.kind !== 'found') return unavailable('there is no tail(1) to be the other process');
  const canary = context.command([tail.path, '-f', '/dev/null'], everythingBlocked);
  try {
    const { started } = await startedOf(canary);
    const { pid } = started;
    const before = await lookUntil(() => pendingOf(pid), {
      deadlineMs: nowMs() + context.timeoutMs,
      signal: context.signal,
    });
    if (before === null || before.length > 0) return unavailable('the other process could not be observed');
    const within = context.emptyWorld === null ? null : canary;
    const start = await startOver(context, within, path, own, ownPid(within, { pid }));
    if ('kind' in start) return start;
    const pending = pendingOf(pid);
    const ended = pending === null ? await endOf(canary, pid, nowMs() + 250) : null;
    const signals = pending ?? [ended === null ? 'one that ended it' : endingOf(ended)];
    return { named: 'another', pid, start, signals };
  } finally {
    await canary.end();
  }
}

export const stalePidfile: Probe<'stale-pidfile'> = {
  name: 'stale-pidfile',
  start: 'clean, with a pidfile that was left',
  repeated: false,
  foreground: false,
  run: (context) =>
    withPidfile(context, async (path): Promise<StaleStarts | Unavailable> => {
      const own = await ownPidfile(context, path);
      if ('kind' in own) return own;
      const gone = await afterOneThatIsGone(context, path, own);
      if ('kind' in gone) return gone;
      const another = await besideAnother(context, path, own);
      if ('kind' in another) return another;
      return { kind: 'stale-starts', path, starts: [gone, another] };
    }),
};
