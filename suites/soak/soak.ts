/**
 * What `npm cit` tries a few times, many times: `npm run soak [NODE [KILLS [FORKS [ROUNDS]]]]`. Kills of harness, launcher
 * and stage, alone, in pairs and together, after events of the protocol and at random moments, in worlds and without, in
 * turn; forks; rounds of the matrix. NODE is
 * the binary that runs all of it, the present one unless told otherwise. Exit status 0 if nothing was left, nothing lost
 * and no verdict wrong.
 */

import { spawnSync } from 'node:child_process';
import { measurePace, type Pace } from '../pace/pace.ts';
import { matrix } from '../programs/matrix.ts';
import { missing } from '../programs/missing.ts';
import { playRound } from '../programs/rounds.ts';
import { lostForks } from './forks.ts';
import { countsTold, soakKills } from './kills.ts';
import { numberAt, run, say, secondsSince } from './script.ts';

async function soakMatrix(rounds: number, { slowness }: Pace): Promise<number> {
  const runnable = matrix.filter((each) => missing(each) === null);
  let wrong = 0;
  for (let round = 1; round <= rounds; round++) {
    const began = performance.now();
    const { surprises, lines } = await playRound(runnable, slowness);
    wrong += surprises.length;
    const took = `${runnable.length} programs in ${secondsSince(began)} s`;
    say(`round ${round} of ${rounds}: ${took}, ${surprises.length} wrong verdicts`);
    for (const line of lines) say(line);
  }
  return wrong;
}

async function main(): Promise<boolean> {
  const [kills, forks, rounds] = [
    numberAt(1, 'kills', 1000),
    numberAt(2, 'forks', 1000),
    numberAt(3, 'rounds', 20),
  ];
  const began = performance.now();
  const pace = await measurePace();
  const lost = lostForks(forks);
  say(`${forks} forks in ${secondsSince(began)} s, ${lost} lost`);
  const killed = await soakKills(kills, pace);
  const wrong = killed.wrong + (await soakMatrix(rounds, pace));
  const { left, unattended, inTmp } = killed;
  say(
    `of these, harness, launcher and stage at once ${unattended.kills} times, nobody being left: ${countsTold(unattended.left)}`,
  );
  if (inTmp.length > 0) say(`stays in the temporary directory: ${inTmp.join(' ')}`);
  const stays = Object.values(left).reduce((sum, count) => sum + count, inTmp.length);
  say(
    `soak: Node ${process.version}, ${secondsSince(began)} s: ${killed.kills} kills, ${forks} forks, ${rounds} rounds of the ` +
      `matrix: left ${countsTold(left)}, ${inTmp.length} in the temporary directory; ${lost} children lost, ${wrong} wrong verdicts`,
  );
  return stays + lost + wrong === 0;
}

const [, script = '', node = process.execPath, ...rest] = process.argv;
if (node === process.execPath) run(main);
else {
  // Everything below goes by process.execPath.
  const { status, error } = spawnSync(node, [script, node, ...rest], { stdio: 'inherit' });
  if (error !== undefined) process.stderr.write(`${node}: ${error.message}\n`);
  process.exitCode = status ?? 3;
}
