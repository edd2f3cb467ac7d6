/**
 * `npm run fuzz [SEED [LINES [FILES]]]`: so many command lines, and half as many configuration and batch files, and
 * reports, as a quarter of them. Exit status 0 if every one was answered as it should be.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { packageRoot } from '../../harness/package-root.ts';
import type { Report } from '../../harness/report/report.ts';
import { numberAt, run, say } from '../soak/script.ts';
import { type FuzzKind, makeCase, play } from './play.ts';
import { randomOf } from './random.ts';

/** Nothing here takes longer than a report takes to be rendered. Milliseconds. */
const hangsAfterMs = 60_000;

interface Told {
  readonly kind: FuzzKind;
  readonly seed: number;
  readonly argv: readonly string[];
  /** Undefined before it is played. */
  readonly fault?: string | null;
  readonly status?: number | null;
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

interface Plan {
  readonly report: Report;
  readonly cases: readonly (readonly [FuzzKind, number])[];
}

async function playAll({ report, cases }: Plan): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'fuzz-'));
  try {
    for (const [kind, seed] of cases) {
      const made = makeCase(kind, randomOf(seed), report);
      const told: Told = { kind, seed, argv: made.argv };
      parentPort?.postMessage(told);
      parentPort?.postMessage({ ...told, ...(await play(made, directory, report)) });
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function fuzz(): Promise<boolean> {
  const seed = numberAt(0, 'SEED', Date.now() % 2 ** 31);
  const [lines, files] = [numberAt(1, 'LINES', 2000), numberAt(2, 'FILES', 500)];
  const kinds: readonly FuzzKind[] = [
    ...Array<FuzzKind>(lines).fill('line'),
    ...Array.from({ length: files }, (_, i): FuzzKind => (i % 2 === 0 ? 'config' : 'batch')),
    ...Array<FuzzKind>(files).fill('report'),
  ];
  say(`seed ${seed}: ${lines} command lines, ${files} configuration and batch files, ${files} reports`);
  const plan: Plan = { report: someReport(), cases: kinds.map((kind, i) => [kind, seed + i] as const) };
  const worker = new Worker(__filename, { workerData: plan });
  let [faults, played] = [0, 0];
  const statuses = new Map<string, number>();
  await new Promise<void>((resolve, reject) => {
    let current: Told | null = null;
    const hangs = (): void => {
      faults++;
      say(`it hangs: ${JSON.stringify(current)}`);
      void worker.terminate().then(() => resolve());
    };
    let timer = setTimeout(hangs, hangsAfterMs);
    worker.on('message', (told: Told) => {
      current = told;
      clearTimeout(timer);
      timer = setTimeout(hangs, hangsAfterMs);
      if (told.fault === undefined) return;
      played++;
      const status = String(told.status);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (told.fault === null) return;
      faults++;
      say(`${told.kind} ${told.seed} ${JSON.stringify(told.argv)}: ${told.fault}`);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  const counts = [...statuses].sort().map(([status, count]) => `${count} with ${status}`);
  say(`${played} played, ${faults} answered wrongly; statuses: ${counts.join(', ')}`);
  return faults === 0 && played === kinds.length;
}

if (isMainThread) run(fuzz);
else void playAll(workerData as Plan);
