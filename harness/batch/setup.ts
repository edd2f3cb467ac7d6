/** What a program of a batch needs around it: commands run before it, each within a time limit, none left running. */

import type { Event } from '../launch/events.ts';
import { type Launch, nowMs } from '../launch/launcher-client.ts';

export interface SetupPlace {
  /** Executes a command with captured output. */
  readonly launch: (argv: readonly [string, ...string[]]) => Launch;
  readonly timeoutMs: number;
}

/** As much of what a command wrote as a line of explanation bears. */
const toldAtMost = 300;
/** What it wrote last follows its end at once, unless something it left in the background holds the pipes open. */
const lastWordsMs = 500;

/** @returns null, or why the first command that failed did. @throws the reason of the launches' signal */
export async function runSetup(
  commands: readonly (readonly string[])[],
  place: SetupPlace,
): Promise<string | null> {
  for (const [word = '', ...rest] of commands) {
    const launch = place.launch([word, ...rest]);
    try {
      const failed = await outcomeOf(word, launch, place);
      if (failed !== null) return failed;
    } finally {
      // With it ends what it left in the background; and all of it, should this process be gone.
      await launch.end();
    }
  }
  return null;
}

type Ending = Event<'returned' | 'not-started' | 'lost'>;

async function outcomeOf(word: string, launch: Launch, { timeoutMs }: SetupPlace): Promise<string | null> {
  const event = await launch.until(
    (one): one is Ending => one.type === 'returned' || one.type === 'not-started' || one.type === 'lost',
    nowMs() + timeoutMs,
  );
  if (event === null) return `${word} did not end within ${timeoutMs / 1_000} s`;
  if (event.type === 'not-started') return `${word}: ${event.errno}`;
  if (event.type === 'lost') return `${word}: ${event.because}`;
  if (event.exitCode === 0) return null;
  await untilClosed(launch);
  const wrote = outputOf(launch).slice(-toldAtMost).trim().replace(/\s+/g, ' ');
  return `${word} ended with ${event.signal ?? `status ${event.exitCode}`}${wrote === '' ? '' : `: ${wrote}`}`;
}

/** Both of its captured outputs have come to their end, or are held open. */
function untilClosed(launch: Launch): Promise<unknown> {
  const deadlineMs = nowMs() + lastWordsMs;
  const closed = (stream: 'stdout' | 'stderr') =>
    launch.until(
      (event): event is Event<'output-closed'> => event.type === 'output-closed' && event.stream === stream,
      deadlineMs,
    );
  return Promise.all([closed('stdout'), closed('stderr')]);
}

function outputOf({ events }: Launch): string {
  const pieces = events.flatMap((event) =>
    event.type === 'output' ? [Buffer.from(event.base64, 'base64')] : [],
  );
  return Buffer.concat(pieces).toString('utf8');
}
