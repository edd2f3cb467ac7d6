/**
 * The declared command, run the instant the starter returns. Its process is launched before the program and stops
 * itself, so that from the return on it only has to be continued.
 */

import { notRun, type Unavailable, unavailable } from '../facts/finding.ts';
import { type Event, is } from '../launch/events.ts';
import { answerOf, type CommandAnswer, isReady, returnOf } from './command-answer.ts';
import { continueIt, prepare } from './declared-command.ts';
import { heldReturn } from './held-return.ts';
import { type Decision, decideOrSample, isUnavailable } from './held-starts.ts';
import type { Probe } from './probe.ts';
import type { ProbeContext } from './probe-context.ts';
import { type RepetitionRule, tally } from './repeatedly.ts';

/** Answer of the declared command, run as soon as the starter had returned; of a launch that was not ready, if any. */
export interface Readiness extends CommandAnswer {
  readonly kind: 'readiness';
  /** Number of launches, and in how many of them the command succeeded at once. */
  readonly attempts: number;
  readonly ready: number;
  /** Why starts were repeated unheld; null where a held start decided. */
  readonly sampledBecause: string | null;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly readiness: Readiness;
  }
}

/** Repetitions where a start cannot be held. */
const usually: RepetitionRule = { times: 10, withinMs: 2000 };

/** Processes held at the starter's return are let go when the command has answered. */
async function askHeld(context: ProbeContext): Promise<Decision<CommandAnswer> | Unavailable> {
  const held = await heldReturn(context);
  if (isUnavailable(held)) return held;
  const { answer, whyNotHeld } = held;
  return isUnavailable(answer) ? answer : { found: answer, whyNotHeld };
}

async function askAtReturn(context: ProbeContext, command: string): Promise<CommandAnswer | Unavailable> {
  const prepared = await prepare(context, command);
  if (prepared === null) return unavailable('the command for it could not be started');
  try {
    const options = { start: context.plainStart, restsOn: [], within: prepared.launch };
    return await context.launched(options, async (launch) => {
      let begun: Promise<Event<'acted'>> | null = null;
      const stop = launch.onEvent((event) => {
        if (is('returned')(event)) begun ??= continueIt(prepared);
      });
      try {
        const returned = await returnOf(context, launch);
        if (returned === null || begun === null) return unavailable('the starter did not return');
        return await answerOf(context, { command, prepared }, { launch, returnedMs: returned.atMs }, begun);
      } finally {
        stop();
      }
    });
  } finally {
    await prepared.launch.end();
  }
}

async function ask(context: ProbeContext, command: string): Promise<Readiness | Unavailable> {
  const sample = () => context.inTurn(() => askAtReturn(context, command));
  const answers = await decideOrSample(context, usually, () => askHeld(context), sample);
  if ('kind' in answers) return answers;
  const { shown, attempts, well } = tally(answers.all, isReady);
  return { kind: 'readiness', ...shown, attempts, ready: well, sampledBecause: answers.whySampled };
}

export const readiness: Probe<'readiness'> = {
  name: 'readiness',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: async (context) => {
    const { ready } = context.declared;
    return ready === null
      ? notRun('no command is declared that tells whether it is ready: --ready COMMAND')
      : ask(context, ready);
  },
};
