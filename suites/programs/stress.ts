/**
 * The matrix again and again while every core is kept busy: `npm run stress [ROUNDS [LOOPS]]`, 20 rounds beside as many
 * busy loops as there are cores unless told otherwise. Exit status 0 if every time every program failed what it is
 * expected to fail.
 */

import { availableParallelism } from 'node:os';
import { measurePace } from '../pace/pace.ts';
import { startBusyLoops } from '../soak/busy-loops.ts';
import { numberAt, run, say, secondsSince } from '../soak/script.ts';
import { matrix } from './matrix.ts';
import { missing } from './missing.ts';
import { playRound } from './rounds.ts';

async function main(): Promise<boolean> {
  const rounds = numberAt(0, 'rounds', 20);
  const loops = numberAt(1, 'busy loops', availableParallelism());
  const runnable = matrix.filter((each) => missing(each) === null);
  const busy = startBusyLoops(loops);
  const start = performance.now();
  let surprised = 0;
  try {
    const { slowness } = await measurePace();
    for (let round = 1; round <= rounds; round++) {
      const began = performance.now();
      const { surprises, lines } = await playRound(runnable, slowness);
      surprised += surprises.length;
      const took = `${secondsSince(began)} s beside ${loops} busy loops`;
      say(`round ${round} of ${rounds}: ${runnable.length} programs, ${took}, ${surprises.length} surprises`);
      for (const line of lines) say(line);
    }
  } finally {
    busy.end();
  }
  say(
    `stress: ${surprised} surprises in ${rounds} rounds beside ${loops} busy loops, ${secondsSince(start)} s`,
  );
  return surprised === 0;
}

run(main);
