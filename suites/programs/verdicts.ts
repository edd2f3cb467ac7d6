/**
 * The same checks again and again, and how many verdicts were wrong: `npm run verdicts [CHECKS [LOOPS]]`, 2,000 checks of
 * a right program that forks twice and 2,000 of one with a single defect, beside no busy loop, unless told otherwise.
 * For each hundred of them one check of each right daemon that takes its time before its last steps. All of them side by
 * side in one process; exit status 1 if any verdict was wrong.
 */

import { measurePace } from '../pace/pace.ts';
import { startBusyLoops } from '../soak/busy-loops.ts';
import { numberAt, run, say, secondsSince } from '../soak/script.ts';
import { type Expectation, withoutIds } from './expectations/expectation.ts';
import { matrix } from './matrix.ts';
import { playRound } from './rounds.ts';

/** At most so many recordings of each are kept at once. */
const perRound = 100;
/** Most of the time of a check is waiting. The more are on their way, the harder it is. */
const atOnce = 12;
const delaysMs = ['100', '400', '900', '3000'] as const;
const slow = ['awkward/late-asleep', 'awkward/late-computing', 'awkward/late-waiting'] as const;

/** After the start most programs are written for: what the hostile start plants is not there to be kept. */
function inMatrix(name: string): Expectation {
  const found = matrix.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} is not in the matrix`);
  return {
    ...found,
    starts: ['clean'],
    fails: withoutIds(found.fails, 'nice-value', 'oom-score-adjustment'),
  };
}

/** Nobody waits for it, so that it is looked at while it is on its way. */
const right: Expectation = { ...inMatrix('awkward/late-asleep'), arguments: ['0'] };
const defective = inMatrix('defects/stays-session-leader');

/** Each so many times among a hundred checks of the right and a hundred of the defective program. */
const among: readonly { readonly expectation: Expectation; readonly times: number }[] = [
  { expectation: right, times: perRound },
  { expectation: defective, times: perRound },
  ...slow.flatMap((name) =>
    delaysMs.map((ms) => ({
      expectation: { ...inMatrix(name), name: `${name} ${ms} ms`, arguments: [ms] },
      times: 1,
    })),
  ),
];

/** So many of the right and of the defective program, and one of each slow one; every one with a name of its own. */
function roundOf(checks: number): readonly Expectation[] {
  return Array.from({ length: checks }, (_, i) =>
    among
      .filter(({ times }) => i < times)
      .map(({ expectation }) => ({ ...expectation, name: `${expectation.name}, ${i + 1}` })),
  ).flat();
}

async function main(): Promise<boolean> {
  const checks = numberAt(0, 'checks', 2000);
  const loops = numberAt(1, 'busy loops', 0);
  const busy = startBusyLoops(loops);
  const began = performance.now();
  let [done, wrong] = [0, 0];
  try {
    const { slowness } = await measurePace();
    for (let left = checks; left > 0; left -= perRound) {
      const round = roundOf(Math.min(perRound, left));
      const { surprises, lines } = await playRound(round, slowness, atOnce);
      wrong += new Set(surprises.map(({ program }) => program)).size;
      done += round.length;
      for (const line of lines) say(line);
      const of = `${checks - Math.max(0, left - perRound)} of ${checks}`;
      say(`${of} of each: ${done} checks in ${secondsSince(began)} s, ${wrong} wrong verdicts`);
    }
  } finally {
    busy.end();
  }
  const late = done - 2 * checks;
  say(
    `verdicts: ${wrong} wrong in ${done} checks (${checks} right, ${checks} with one defect, ${late} late) ` +
      `beside ${loops} busy loops, ${secondsSince(began)} s`,
  );
  return wrong === 0;
}

run(main);
