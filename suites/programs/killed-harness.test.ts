import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';

/** Everything the harness and its programs put anywhere goes below this. */
const directory = mkdtempSync(join(tmpdir(), 'killed-harness-'));
beforeAll(() => mkdirSync(join(directory, 'tmp')));
afterAll(() => rmSync(directory, { recursive: true }));

/** Of the fixture, run by Node: steps enough for the harness to be killed in the middle of them. */
const fixture = join(packageRoot, 'dist/fixtures/recipes/locked-pidfile.js');
const pidfile = join(directory, 'exampled.pid');
const probes = ['planted-pidfile', 'stale-pidfile', 'second-start', 'concurrent-start', 'pidfile'];

function startHarness(token: string): ChildProcess {
  const program = [process.execPath, '--single-threaded', fixture, pidfile];
  const options = ['--pidfile', pidfile, '--only', probes.join(), '--start', 'clean', '--repeat', '2'];
  return spawn(process.execPath, [join(packageRoot, 'harness/bin.cjs'), ...options, '--', ...program], {
    cwd: directory,
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: join(directory, 'tmp'), TOKEN: token },
  });
}

function marked(token: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(token);
    } catch {
      // It has ended, or is another user's.
      return false;
    }
  });
}

function left(): readonly string[] {
  const drafts = /^exampled\.pid\.\d+$/;
  return (
    [...readdirSync(directory).filter((name) => name !== 'tmp'), ...readdirSync(join(directory, 'tmp'))]
      // The program’s own draft of a pidfile, which it leaves when it is killed before the rename.
      .filter((name) => !drafts.test(name))
  );
}

test('a harness that is killed while it plants files leaves none of them', { timeout: 180_000 }, async () => {
  const kills = 12;
  let seen = 0;
  for (let kill = 0; kill < kills; kill++) {
    const token = randomUUID();
    const harness = startHarness(token);
    const ended = new Promise<void>((resolve) => harness.once('exit', () => resolve()));
    // The probes begin with the first pidfile; from there a moment of the seconds in which they run.
    await vi.waitFor(() => expect(left()).not.toEqual([]), { timeout: 20_000, interval: 1 });
    const moment = 2500 * ((kill + Math.random()) / kills);
    await new Promise((resolve) => setTimeout(resolve, moment));
    if (left().some((name) => name.startsWith('exampled.pid'))) seen++;
    harness.kill('SIGKILL');
    await ended;
    // The launcher has taken its own note of what it is to clear, and ends everything first.
    await vi.waitFor(() => expect([...marked(token), ...left()]).toEqual([]), {
      timeout: 20_000,
      interval: 5,
    });
    for (const name of readdirSync(directory)) if (name !== 'tmp') rmSync(join(directory, name));
  }
  // It was killed while something stood there, and not only in between.
  expect(seen).toBeGreaterThan(kills / 4);
});
