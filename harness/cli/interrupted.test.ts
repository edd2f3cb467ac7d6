import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';

/** A program that leaves two orphans, one still in the launch session, and a worker that ignores what it can. */
const program = 'setsid -f sleep 1000; sleep 1000 & (trap "" HUP TERM INT; sleep 1000) & exit 0';

interface LeftOvers {
  readonly processes: readonly string[];
  readonly files: readonly string[];
}

/** What carries the name of this check's own temporary directory: launcher, stages and programs, and its files. */
function leftOf(directory: string): LeftOvers {
  const processes: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(directory)) continue;
      const state = /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
      if (state !== 'Z') processes.push(`${pid} ${readlinkSync(`/proc/${pid}/exe`)}`);
    } catch {
      // Ended meanwhile.
    }
  }
  return { processes, files: readdirSync(directory) };
}

/** Nothing tells a bystander that a foreign process has ended, so it looks again until a deadline. */
async function untilNothingIsLeft(directory: string): Promise<LeftOvers> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const left = leftOf(directory);
    if (left.processes.length + left.files.length === 0 || performance.now() > deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

interface RunEnd {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  readonly left: LeftOvers;
}

const check = ['--quick', '-f', 'json', 'sh', '-c', program];

/** Runs the command line and sends it a signal after a while, in milliseconds; null leaves it alone. */
async function interrupt(
  argv: readonly string[],
  signal: NodeJS.Signals,
  afterMs: number | null,
): Promise<RunEnd> {
  const directory = mkdtempSync(join(tmpdir(), 'interrupted-'));
  try {
    const child = spawn(process.execPath, [join(packageRoot, 'harness/bin.cjs'), ...argv], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, TMPDIR: directory },
    });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    const timer = afterMs === null ? undefined : setTimeout(() => child.kill(signal), afterMs);
    const [status, endedBy] = await new Promise<[number | null, string | null]>((resolve) => {
      child.once('exit', (code, name) => resolve([code, name]));
    });
    clearTimeout(timer);
    return { status, signal: endedBy, stderr, left: await untilNothingIsLeft(directory) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function atRandomMoments(
  argv: readonly string[],
  signal: NodeJS.Signals,
  times: number,
): Promise<readonly RunEnd[]> {
  const ended: RunEnd[] = [];
  // How long a check takes here and now, so that the moments are spread over all of it.
  const began = performance.now();
  await Promise.all([1, 2, 3, 4].map(() => interrupt(argv, signal, null)));
  const lastsMs = performance.now() - began;
  const moments = Array.from({ length: times }, () => Math.random() * lastsMs);
  const next = async (): Promise<void> => {
    for (let at = moments.pop(); at !== undefined; at = moments.pop())
      ended.push(await interrupt(argv, signal, at));
  };
  await Promise.all([next(), next(), next(), next()]);
  return ended;
}

const nothing: LeftOvers = { processes: [], files: [] };

test('SIGKILL at fifty random moments leaves no process and no file behind', async () => {
  const ended = await atRandomMoments(check, 'SIGKILL', 50);
  expect(ended.map(({ left }) => left)).toEqual(ended.map(() => nothing));
  // Some moments may lie behind the end of the check, but most must have hit it.
  expect(ended.filter(({ signal }) => signal === 'SIGKILL').length).toBeGreaterThan(20);
}, 120_000);

test('SIGKILL at twenty random moments of a batch, its setup and its traces included, leaves nothing either', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'interrupted-batch-'));
  try {
    const file = join(directory, 'batch.json');
    const setup = [['sh', '-c', 'setsid sleep 1000 & mkdir {dir}/x; : > {dir}/x/y']];
    const programs = ['a', 'b', 'c'].map((name) => ({
      name,
      argv: ['sh', '-c', program],
      setup,
      trace: true,
    }));
    const defaults = { start: ['clean', 'hostile'], only: ['session', 'working-directory'] };
    writeFileSync(file, JSON.stringify({ defaults, programs }));
    const ended = await atRandomMoments(['batch', file, '-f', 'json'], 'SIGKILL', 20);
    expect(ended.map(({ left }) => left)).toEqual(ended.map(() => nothing));
    expect(ended.filter(({ signal }) => signal === 'SIGKILL').length).toBeGreaterThan(8);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}, 180_000);

for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} ends everything launched first, then the check with status ${status}`, async () => {
    const ended = await atRandomMoments(check, signal, 12);
    expect(ended.map(({ left }) => left)).toEqual(ended.map(() => nothing));
    // Before it can have a handler the signal ends it as it ends any program; after its end there is nothing to hit.
    const handled = ended.filter((one) => one.signal === null && one.status !== 1);
    expect(handled.map((one) => one.status)).toEqual(handled.map(() => status));
    expect(handled.length).toBeGreaterThan(0);
  }, 120_000);
}
