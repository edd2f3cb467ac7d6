/**
 * A launch whose stage is killed from outside, as by the killer of a machine without memory: the program ends with it,
 * and nobody may say that this was its own doing.
 */

import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type CheckRequest, openChecker, type Report } from '../../harness/index.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { killProcess } from '../kills/victims.ts';
import { whyNotIsolated } from './why-not-isolated.ts';

const wakes = join(packageRoot, 'dist/fixtures/awkward/wakes-every-millisecond.js');
type Isolation = 'auto' | 'none';

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};

function field(pid: number | string, name: string): readonly string[] {
  const line = textOf(`/proc/${pid}/status`)
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  return line?.split(/\s+/).slice(1) ?? [];
}

function worldOf(pid: number | string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return null;
  }
}

const everybody = (): readonly string[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name));

/** Process 1 of the world of an orphan, or the stage that has adopted it outside of any; null once that is gone. */
function keeperOf(orphan: number): number | null {
  const world = worldOf(orphan);
  if (world === null) return null;
  const parent = field(orphan, 'PPid')[0];
  const keeper =
    world === worldOf('self')
      ? parent
      : everybody().find((pid) => field(pid, 'NSpid').at(-1) === '1' && worldOf(pid) === world);
  if (keeper === undefined) return null;
  // The launcher, a child of this process, adopts what a stage has lost.
  return field(keeper, 'PPid')[0] === String(process.pid) ? null : Number(keeper);
}

const kill = (pid: number | null): void => killProcess(pid, 'SIGKILL');

/** An orphan of the program that has this argument: it is in a session that has lost its leader. */
function orphanOf(token: string): number | null {
  const found = everybody().find((pid) => {
    if (!textOf(`/proc/${pid}/cmdline`).split('\0').includes(token)) return false;
    const session = field(pid, 'NSsid')[0];
    return session !== undefined && session !== pid && worldOf(session) === null;
  });
  return found === undefined ? null : Number(found);
}

function check(more: Partial<CheckRequest>): Promise<Report> {
  const checker = openChecker();
  onTestFinished(async () => void (await checker.close()));
  return checker.check({
    argv: ['node', '--single-threaded', wakes],
    path: process.execPath,
    cwd: tmpdir(),
    env: { PATH: '/usr/bin:/bin' },
    ...more,
  });
}

const outcomes = ({ results }: Report) =>
  results.map(({ id, outcome, because, starts }) => ({ id, outcome, because, starts }));

describe.each(['auto', 'none'] as const)('with --isolation %s', (isolation: Isolation) => {
  const only = ['session', 'stability', 'surviving-processes'];

  test('a launch that is lost while it is watched is not judged, and the others are', async ({ skip }) => {
    const lack = isolation === 'auto' ? await whyNotIsolated() : null;
    if (lack !== null) skip(lack);
    const fallbacks: string[] = [];
    const report = await check({
      isolation,
      only,
      starts: ['clean', 'hostile'],
      onFallback: (why) => fallbacks.push(why),
      onProgress({ start, phase, daemon }) {
        // Each time: without isolation it is launched once more, alone.
        if (start === 'hostile' && phase === 'watching' && daemon !== null) kill(keeperOf(daemon));
      },
    });
    const lost = 'the hostile start was lost: its stage was killed';
    const starts = { clean: 'pass', hostile: 'inconclusive' };
    expect(outcomes(report).sort((a, b) => a.id.localeCompare(b.id))).toEqual(
      only.map((id) => ({ id, outcome: 'inconclusive', because: lost, starts })),
    );
    expect(report.verdict).toBe('not-judged');
    expect(report.runs.map(({ start, lost: why }) => [start, why])).toEqual([
      ['clean', undefined],
      ['hostile', 'its stage was killed'],
    ]);
    expect(fallbacks).toEqual([]);
  });

  test('what a probe sees of a launch that is lost is not found', async ({ skip }) => {
    const lack = isolation === 'auto' ? await whyNotIsolated() : null;
    if (lack !== null) skip(lack);
    const token = randomUUID();
    let looking: NodeJS.Timeout | null = null;
    onTestFinished(() => clearInterval(looking ?? undefined));
    const report = await check({
      argv: ['node', '--single-threaded', wakes, token],
      isolation,
      only: ['liveness'],
      starts: ['clean'],
      probing: { quick: true, repeat: null },
      onProbing: () => {
        looking ??= setInterval(() => {
          const orphan = orphanOf(token);
          if (orphan !== null) kill(keeperOf(orphan));
        }, 20);
      },
    });
    expect(outcomes(report)).toEqual([
      {
        id: 'liveness',
        outcome: 'inconclusive',
        because: 'the launch for it failed: the launch was lost: its stage was killed',
        starts: {},
      },
    ]);
  });
});
