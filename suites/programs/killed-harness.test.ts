import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';
import { type KilledRun, killCheck, type Moment } from '../kills/kill-check.ts';
import { nothing } from '../kills/left-behind.ts';
import { eventually } from '../pace/eventually.ts';

const { hangsAfterMs } = inject('pace');

/** The pidfiles, and what is planted where they are to be, each check's in a directory of its own below this. */
const directory = mkdtempSync(join(tmpdir(), 'killed-harness-'));
afterAll(() => rmSync(directory, { recursive: true }));

const fixture = join(packageRoot, 'dist/fixtures/recipes/locked-pidfile.js');
const probes = ['planted-pidfile', 'stale-pidfile', 'second-start', 'pidfile'];

/** The program’s own draft of a pidfile, which it leaves when it is killed before the rename. */
const draft = /^exampled\.pid\.\d+$/;
const namesIn = (place: string) => readdirSync(place).filter((name) => !draft.test(name));

async function killedWhilePlanting(moment: Moment): Promise<KilledRun> {
  const place = mkdtempSync(join(directory, 'pidfile-'));
  const pidfile = join(place, 'exampled.pid');
  // Run by Node: steps enough for the harness to be killed in the middle of them.
  const program = [process.execPath, '--single-threaded', fixture, pidfile];
  // In a world of its own nothing would be planted where it could be left.
  const options = [
    '--isolation',
    'none',
    '--pidfile',
    pidfile,
    '--only',
    probes.join(),
    '--start',
    'clean',
    '--repeat',
    '2',
  ];
  const argv = [...options, '--', ...program];
  const killed = await killCheck({ argv, signal: 'SIGKILL', moment, hangsAfterMs, witnessed: place });
  // The launcher has taken its own note of what it is to clear, and ends everything first.
  await eventually(() => expect(namesIn(place)).toEqual([]));
  return killed;
}

test('a harness that is killed while it plants files leaves none of them', async () => {
  const { events } = await killedWhilePlanting({ kind: 'never' });
  // From the first launch to the last, evenly.
  const kills = 12;
  const moments = Array.from({ length: kills }, (_, i): Moment => {
    return { kind: 'event', event: Math.ceil(((i + 1) * events) / (kills + 1)), victims: ['harness'] };
  });
  const killed: KilledRun[] = [];
  const queue = moments.values();
  const work = async () => {
    for (const moment of queue) killed.push(await killedWhilePlanting(moment));
  };
  await Promise.all([work(), work(), work()]);
  expect(killed.map(({ left, signal }) => ({ left, signal }))).toEqual(
    moments.map(() => ({ left: nothing, signal: 'SIGKILL' })),
  );
  // It was killed while something stood there, and not only in between.
  const standing = killed.filter(({ witnessed }) => witnessed.some((name) => name === 'exampled.pid'));
  expect(standing.length).toBeGreaterThan(kills / 4);
});
