/**
 * What becomes of a daemon whose output leads nowhere any more: the terminal has hung up, the reader of the pipe has
 * gone. Only a write shows it. A daemon that has neither open cannot meet it; one that has is told to reload where
 * that is declared, so that it says something, and is otherwise watched for a while.
 */

import type { Holder, Unavailable } from '../facts/finding.ts';
import type { Descriptor } from '../facts/process.ts';
import type { StartState } from '../facts/start-state.ts';
import type { Action } from '../launch/protocol.ts';
import { startStates } from '../launch/start-states.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { observer } from '../observe/system.ts';
import { inCompany, onTerminal } from './in-company.ts';
import type { Probe } from './probe.ts';
import { type ProbeContext, type SettledLaunch, startedOf } from './probe-context.ts';
import { holdersOf } from './processes.ts';
import { outcomeOf } from './survival.ts';

/** What happened to a daemon whose output leads nowhere any more. */
export interface BrokenOutput {
  readonly kind: 'broken-output';
  readonly outputs: readonly {
    readonly output: 'terminal' | 'pipe';
    readonly holders: readonly Holder[];
    /** System calls that write were counted since; null where they cannot be. */
    readonly wrote: boolean | null;
    readonly ending: string | null;
  }[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'output-after-hangup': BrokenOutput;
  }
}

type OutputLoss = BrokenOutput['outputs'][number];

const watchMs = 1000;

async function breakIt(
  context: ProbeContext,
  settled: SettledLaunch,
  action: Action,
  isIt: (descriptor: Descriptor) => boolean,
): Promise<Omit<OutputLoss, 'output'>> {
  const { launch, run, daemon } = settled;
  const holders = holdersOf(run.processes, isIt);
  if (holders.length === 0) return { holders, wrote: null, ending: null };
  const before = observer().writesOf(daemon.pid);
  const { atMs } = await launch.act(action);
  const signals = ['SIGHUP', 'SIGPIPE'];
  if (context.declared.reload) await launch.act({ kind: 'signal', pid: daemon.pid, signal: 'SIGHUP' });
  let wrote: boolean | null = null;
  await lookUntil(
    () => {
      const now = observer().writesOf(daemon.pid);
      if (before === null || now === null) return now === null ? true : null;
      wrote = now > before;
      return wrote ? true : null;
    },
    { deadlineMs: nowMs() + watchMs, signal: context.signal },
  );
  const { ending } = await outcomeOf(
    settled,
    { atMs: Math.max(atMs, nowMs()), signals, onTerminal: true, reached: [daemon.pid] },
    { withinMs: context.timeoutMs, signal: context.signal },
  );
  return { holders, wrote: ending === null ? wrote : true, ending };
}

async function afterHangUp(context: ProbeContext): Promise<OutputLoss | Unavailable> {
  return inCompany(context, onTerminal(context), async (settled) => {
    const { terminal } = settled.run.launch;
    const found = await breakIt(context, settled, { kind: 'hang-up' }, ({ device }) => device === terminal);
    return { found: { output: 'terminal' as const, ...found }, untouched: found.holders.length === 0 };
  });
}

async function withoutReader(context: ProbeContext): Promise<OutputLoss | Unavailable> {
  const name = context.declared.foreground ? 'supervised' : 'captured';
  const start: StartState = { ...startStates[name], freshDirectory: context.plainStart.freshDirectory };
  // A service has its output open as a rule, and is watched for a while: nobody is to wait for that.
  const alone = context.declared.foreground;
  return inCompany(context, { start, restsOn: ['standard-streams'], alone }, async (settled) => {
    const { started } = await startedOf(settled.launch);
    const pipes = started.captured.map(({ identity }) => identity);
    const found = await breakIt(
      context,
      settled,
      { kind: 'close-outputs' },
      ({ identity }) => identity !== null && pipes.includes(identity),
    );
    return { found: { output: 'pipe' as const, ...found }, untouched: found.holders.length === 0 };
  });
}

export const outputAfterHangup: Probe<'output-after-hangup'> = {
  name: 'output-after-hangup',
  start: 'clean, captured',
  repeated: false,
  foreground: true,
  run: async (context) => {
    const tried = await Promise.all([
      ...(context.declared.foreground ? [] : [afterHangUp(context)]),
      withoutReader(context),
    ]);
    const outputs: OutputLoss[] = [];
    for (const each of tried) {
      if ('kind' in each) return each;
      outputs.push(each);
    }
    return { kind: 'broken-output', outputs };
  },
};
