/**
 * `npm run fuzz [SEED [LINES [FILES [BUILT]]]]`: so many command lines, configuration and batch files together, and
 * reports, given to the command line in this process; BUILT of them to the built program as well, which launches what it
 * is told to. Exit status 0 if every one was answered as it should be. `npm run fuzz SEED KIND` plays one again.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { packageRoot } from '../../harness/package-root.ts';
import type { Report } from '../../harness/report/report.ts';
import { numberAt, run, say, secondsSince } from '../soak/script.ts';
import type { Answer } from './fault.ts';
import { type FuzzKind, fuzzKinds, makeCase, play } from './play.ts';
import { asksForTime, playBuilt } from './play-built.ts';
import { randomOf } from './random.ts';

/** Nothing that is played in this process takes longer than a report takes to be rendered. Milliseconds. */
const hangsAfterMs = 60_000;
/** Built programs side by side: a check waits most of its time. */
const lanes = 4;

type Case = readonly [kind: FuzzKind, seed: number];

interface Plan {
  readonly report: Report;
  readonly cases: readonly Case[];
}

/** Of a program that is there: reports hold more than anybody would make up. */
function someReport(): Report {
  const argv = ['harness/bin.cjs', '--quick', '-f', 'json', 'sh', '-c', 'cd /; sleep 1000 &'];
  const { stdout } = spawnSync(process.execPath, argv, {
    cwd: packageRoot,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(stdout) as Report;
}

async function inTemporaryDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'fuzz-'));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** In a thread of its own, so that one that never comes back can be ended. Null before an answer, which may not come. */
const playAll = ({ report, cases }: Plan): Promise<void> =>
  inTemporaryDirectory(async (directory) => {
    for (const [kind, seed] of cases) {
      parentPort?.postMessage(null);
      parentPort?.postMessage(await play(makeCase(kind, randomOf(seed), report), directory, report));
    }
  });

type OnAnswer = (played: Case, answer: Answer, how: 'here' | 'built') => void;

/** Plays the cases in one thread until it is through or one hangs. Returns how many had their answer. */
function playInThread({ report, cases }: Plan, onAnswer: OnAnswer): Promise<number> {
  const worker = new Worker(__filename, { workerData: { report, cases } satisfies Plan });
  let answered = 0;
  const next = (answer: Answer): void => {
    const played = cases[answered++];
    if (played !== undefined) onAnswer(played, answer, 'here');
  };
  return new Promise((resolve, reject) => {
    const hangs = (): void => {
      next({ status: null, fault: 'it hangs' });
      void worker.terminate();
    };
    let timer = setTimeout(hangs, hangsAfterMs);
    worker.on('message', (answer: Answer | null) => {
      clearTimeout(timer);
      timer = setTimeout(hangs, hangsAfterMs);
      if (answer !== null) next(answer);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(answered);
    });
  });
}

async function playHere({ report, cases }: Plan, onAnswer: OnAnswer): Promise<void> {
  for (let at = 0; at < cases.length; ) {
    const answered = await playInThread({ report, cases: cases.slice(at) }, onAnswer);
    if (answered === 0) throw new Error('the thread that plays ended before it had an answer');
    at += answered;
  }
}

function playAllBuilt({ report, cases }: Plan, onAnswer: OnAnswer): Promise<void> {
  const waiting = [...cases];
  return inTemporaryDirectory(async (directory) => {
    const lane = async (): Promise<void> => {
      for (let played = waiting.shift(); played !== undefined; played = waiting.shift()) {
        const [kind, seed] = played;
        onAnswer(played, await playBuilt(makeCase(kind, randomOf(seed), report), directory), 'built');
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  });
}

/** So many of them, of any kind, as the seed decides. */
function chosenFrom({ report, cases }: Plan, count: number, seed: number): readonly Case[] {
  const random = randomOf(seed);
  const left = cases.filter(([kind, each]) => !asksForTime(makeCase(kind, randomOf(each), report)));
  const chosen: Case[] = [];
  while (chosen.length < count && left.length > 0) chosen.push(...left.splice(random.below(left.length), 1));
  return chosen;
}

const isKind = (word: string | undefined): word is FuzzKind => fuzzKinds.some((kind) => kind === word);

function casesOf(seed: number): { readonly cases: readonly Case[]; readonly built: number } {
  const [, , , word] = process.argv;
  if (isKind(word)) return { cases: [[word, seed]], built: 1 };
  const [lines, files, built] = [
    numberAt(1, 'LINES', 2000),
    numberAt(2, 'FILES', 500),
    numberAt(3, 'BUILT', 300),
  ];
  const kinds: readonly FuzzKind[] = [
    ...Array<FuzzKind>(lines).fill('line'),
    ...Array.from({ length: files }, (_, i): FuzzKind => (i % 2 === 0 ? 'config' : 'batch')),
    ...Array<FuzzKind>(files).fill('report'),
  ];
  say(`seed ${seed}: ${lines} command lines, ${files} configuration and batch files, ${files} reports`);
  return { cases: kinds.map((kind, i) => [kind, seed + i]), built };
}

async function fuzz(): Promise<boolean> {
  const began = performance.now();
  const seed = numberAt(0, 'SEED', Date.now() % 2 ** 31);
  const { cases, built } = casesOf(seed);
  const plan: Plan = { report: someReport(), cases };
  const played = { here: 0, built: 0 };
  let faults = 0;
  const statuses = new Map<string, number>();
  const onAnswer: OnAnswer = ([kind, each], { status, fault }, how) => {
    played[how]++;
    statuses.set(String(status), (statuses.get(String(status)) ?? 0) + 1);
    if (fault === null && cases.length > 1) return;
    const { argv } = makeCase(kind, randomOf(each), plan.report);
    say(`${how} ${kind} ${each} ${JSON.stringify(argv)}: ${fault ?? `status ${status}`}`);
    if (fault !== null) faults++;
  };
  const chosen = chosenFrom(plan, built, seed);
  await playHere(plan, onAnswer);
  await playAllBuilt({ ...plan, cases: chosen }, onAnswer);
  const counts = [...statuses].sort().map(([status, count]) => `${count} with ${status}`);
  say(
    `seed ${seed}: ${played.here} played here, ${played.built} by the built program, ${faults} answered wrongly, in ${secondsSince(began)} s; statuses: ${counts.join(', ')}`,
  );
  return faults === 0 && played.here === cases.length && played.built === chosen.length;
}

if (isMainThread) run(fuzz);
else void playAll(workerData as Plan);
