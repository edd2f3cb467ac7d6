/**
 * The same checks again and again, and how many verdicts were wrong: `npm run verdicts [CHECKS [LOOPS]]`, 2,000 checks of
 * a right program that forks twice and 2,000 of one with a single defect, beside no busy loop, unless told otherwise.
 * For each hundred of them one check of each right daemon that takes its time before its last steps.
 */

import { measurePace } from '../pace/pace.ts';
import { startBusyLoops } from '../soak/busy-loops.ts';
import { numberAt, run, say, secondsSince } from '../soak/script.ts';
import { type Expectation, withoutIds } from './expectations/expectation.ts';
import { matrix } from './matrix.ts';
import { playRound } from './rounds.ts';

/** At most so many recordings are kept at once. */
const chunk = 100;
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

interface Tried {
  readonly what: string;
  readonly expectation: Expectation;
  readonly checks: number;
}

function plan(checks: number): readonly Tried[] {
  const few = Math.ceil(checks / 100);
  const late = slow.flatMap((name) =>
    delaysMs.map((ms) => ({
      what: `${name} ${ms} ms`,
      expectation: { ...inMatrix(name), arguments: [ms] },
      checks: few,
    })),
  );
  return [
    { what: 'a right program that forks twice', expectation: right, checks },
    { what: `${defective.name}, one defect`, expectation: defective, checks },
    ...late,
  ];
}

/** @returns how many of the checks came to another verdict than they should */
async function wrongVerdicts({ expectation, checks }: Tried, slowness: number): Promise<number> {
  let wrong = 0;
  for (let left = checks; left > 0; left -= chunk) {
    const same = Array.from({ length: Math.min(chunk, left) }, (_, i) => ({
      ...expectation,
      name: `${expectation.name} ${checks - left + i + 1}`,
    }));
    const { surprises, lines } = await playRound(same, slowness);
    wrong += new Set(surprises.map(({ program }) => program)).size;
    for (const line of lines) say(line);
  }
  return wrong;
}

async function main(): Promise<boolean> {
  const checks = numberAt(0, 'checks', 2000);
  const loops = numberAt(1, 'busy loops', 0);
  const busy = startBusyLoops(loops);
  let [done, wrong] = [0, 0];
  try {
    const { slowness } = await measurePace();
    for (const tried of plan(checks)) {
      const began = performance.now();
      const found = await wrongVerdicts(tried, slowness);
      done += tried.checks;
      wrong += found;
      say(`${tried.what}: ${tried.checks} checks, ${secondsSince(began)} s, ${found} wrong verdicts`);
    }
  } finally {
    busy.end();
  }
  say(`${wrong} wrong verdicts in ${done} checks beside ${loops} busy loops`);
  return wrong === 0;
}

run(main);
