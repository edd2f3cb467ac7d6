/** Eight starts at once, in several rounds: in each round exactly one start must become a daemon. */

import { closeSync, openSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import type { Start, Unavailable } from '../facts/finding.ts';
import { noSurroundings } from '../facts/process.ts';
import { is } from '../launch/events.ts';
import { beginDeadlineMs, type Launch } from '../launch/launcher-client.ts';
import { placeOf } from '../launch/place-of.ts';
import { flock, LOCK_EX } from '../libc/sys-file.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { observer } from '../observe/system.ts';
import { attemptOf } from './attempt.ts';
import { withPidfile } from './declared-pidfile.ts';
import type { Probe } from './probe.ts';
import type { ProbeContext } from './probe-context.ts';
import { type RepetitionRule, repeatedly } from './repeatedly.ts';
import { withWorld } from './world.ts';

/** Several starts at once. */
export interface Races {
  readonly kind: 'races';
  readonly racers: number;
  /** For each round, how many starts became a daemon. */
  readonly survivors: readonly number[];
  /** Last lines of the output of the other starts of the last round, each once. */
  readonly said: readonly string[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'concurrent-start': Races;
  }
}

const racers = 8;
/** Rounds: no event lies between a process's check of the pidfile and its next step, so it cannot be held there. */
const usually: RepetitionRule = { times: 5, withinMs: 3000 };
/**
 * Maximum wait for a process to reach the gate, milliseconds: a later one makes the race weaker, never the verdict
 * wrong.
 */
const gateWithinMs = 1000;

/** A barrier, as pthread_barrier_wait(3): complete when `expected` have arrived. */
function meetingOf(expected: number): { readonly arrive: () => void; readonly complete: Promise<void> } {
  let [missing, release] = [expected, (): void => {}];
  const complete = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    arrive: () => {
      missing--;
      if (missing === 0) release();
    },
    complete,
  };
}

interface Gate {
  readonly path: string;
  /** Releases all who wait. */
  open(): void;
}

function closedGate(context: ProbeContext, within: Launch | null): Gate {
  const path = resolve(
    tmpdir(),
    `daemon-conformance-gate-${process.getBuiltinModule('node:crypto').randomUUID()}`,
  );
  const place = placeOf(within, path);
  const guarded = within === null ? context.guard(path) : null;
  const fd = openSync(place, 'wx', 0o600);
  flock(fd, LOCK_EX);
  let isOpen = false;
  return {
    path,
    open() {
      if (isOpen) return;
      isOpen = true;
      closeSync(fd);
      unlinkSync(place);
      guarded?.release();
    },
  };
}

/** Waits until the process that will execute the program sleeps at the gate. */
async function isAtGate(context: ProbeContext, launch: Launch): Promise<void> {
  const stage = await launch.until(is('stage', 'lost'), beginDeadlineMs());
  if (stage === null || stage.type === 'lost') return;
  const { descendantsOf, observeProcess } = observer();
  const surroundings = { ...noSurroundings, subreaper: stage.pid };
  await lookUntil(
    () => {
      const seen = descendantsOf(stage.pid).map((pid) => observeProcess(pid, surroundings));
      return seen.length > 0 && seen.every((one) => !('gone' in one) && one.facts.state === 'S')
        ? true
        : null;
    },
    { deadlineMs: nowMs() + gateWithinMs, signal: context.signal },
  );
}

/** One round. No launch is ended before all have settled: a start that has to be refused would then succeed. */
async function race(context: ProbeContext, within: Launch | null): Promise<readonly Start[] | Unavailable> {
  const gate = closedGate(context, within);
  const [start, finish] = [meetingOf(racers), meetingOf(racers)];
  const run = async (): Promise<Start | Unavailable> => {
    const missing = new Set([start.arrive, finish.arrive]);
    const arriveAt = ({ arrive }: ReturnType<typeof meetingOf>): void => {
      if (missing.delete(arrive)) arrive();
    };
    try {
      const options = { start: context.plainStart, restsOn: [], gate: gate.path, within };
      return await context.launched(options, async (launch) => {
        try {
          await isAtGate(context, launch);
          arriveAt(start);
          await start.complete;
        } finally {
          gate.open();
        }
        const found = await attemptOf(context, launch);
        arriveAt(finish);
        await finish.complete;
        return found.start;
      });
    } finally {
      for (const arrive of missing) arrive();
    }
  };
  try {
    const starts: Start[] = [];
    for (const each of await Promise.all(Array.from({ length: racers }, run))) {
      if ('kind' in each) return each;
      starts.push(each);
    }
    return starts;
  } finally {
    gate.open();
  }
}

export const concurrentStart: Probe<'concurrent-start'> = {
  name: 'concurrent-start',
  start: 'clean, eight at once',
  repeated: true,
  foreground: false,
  run: (context) =>
    withPidfile(context, async (): Promise<Races | Unavailable> => {
      const rounds = await repeatedly(context, usually, () =>
        withWorld(context, (within) => race(context, within)),
      );
      if ('kind' in rounds) return rounds;
      const survivors = rounds.map((starts) => starts.filter(({ left }) => left.length > 0).length);
      const losers = (rounds.at(-1) ?? []).filter(({ left }) => left.length === 0);
      const said = [...new Set(losers.map((each) => each.said).filter((line) => line !== ''))];
      return { kind: 'races', racers, survivors, said };
    }),
};
