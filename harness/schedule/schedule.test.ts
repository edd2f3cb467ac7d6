/** Held starts of real programs: who survives the return of its starter under which schedule, see test-data/starters.c. */

import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { HeldStart, Order } from '../facts/held-start.ts';
import { type Launcher, startLauncher } from '../launch/launcher-client.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { startStates } from '../launch/start-states.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';

const able = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;
const directory = mkdtempSync(join(tmpdir(), 'held-starts-'));
const starters = join(directory, 'starters');
const pidfile = join(directory, 'pid');
let launcher: Launcher;

beforeAll(() => {
  if (!able) return;
  const source = join(__dirname, 'test-data/starters.c');
  const { status, stderr } = spawnSync('cc', ['-pthread', '-o', starters, source], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  launcher = startLauncher();
});
afterAll(async () => {
  await launcher?.close();
  rmSync(directory, { recursive: true });
});

type Event<T extends StageEvent['type']> = Extract<StageEvent, { type: T }>;
const is =
  <T extends StageEvent['type']>(...types: readonly T[]) =>
  (event: StageEvent): event is Event<T> =>
    (types as readonly string[]).includes(event.type);

interface HeldResult {
  /** How the starter ended; null if it did not within ten seconds. */
  readonly starter: string | null;
  /** How many were held when it returned, and had run by then. */
  readonly held: string;
  readonly letGo: readonly string[];
  /** How the others ended, and whether somebody is left. */
  readonly ended: readonly string[];
  readonly left: number;
}

const endingOf = ({ exitCode, signal }: Event<'ended' | 'returned'>): string => signal ?? `${exitCode}`;

function stateOf(pid: string): string {
  try {
    return /\) (.)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1] ?? '';
  } catch {
    return '';
  }
}

/** Lives of a launch's own and adopted processes; null while one of them still runs. */
function livingBelow(stage: number): number | null {
  const text = readFileSync(`/proc/${stage}/task/${stage}/children`, 'latin1');
  const states = text
    .split(' ')
    .filter(Boolean)
    .map(stateOf)
    .filter((state) => state !== '' && state !== 'Z');
  return states.every((state) => state === 'S') ? states.length : null;
}

async function start(
  argv: readonly string[],
  order: Order,
  more: Partial<HeldStart> = {},
): Promise<HeldResult> {
  rmSync(pidfile, { force: true });
  const launch = launcher.launch(
    {
      image: { kind: 'execute', path: argv[0] ?? '' },
      argv,
      environment: [`PATH=${process.env.PATH}`],
      directory,
      start: startStates.leader,
      held: { order, holdMs: 500, heldAfterReturn: false, interruptedAt: null, ...more },
    },
    undefined,
  );
  try {
    const untilMs = nowMs() + inject('pace').hangsAfterMs;
    const stage = (await launch.until(is('stage'), untilMs))?.pid ?? -1;
    const event = await launch.until(is('returned', 'lost'), untilMs);
    if (event?.type === 'lost') throw new Error(event.because);
    // Whoever is let go is told at the return; what came of it is known when all that is left sleeps.
    const isToldOf = (): boolean => launch.events.some(is('let-go', 'returned'));
    await lookUntil(() => (livingBelow(stage) !== null && isToldOf() ? true : null), {
      deadlineMs: untilMs,
      signal: undefined,
    });
    // Acknowledged after everything that was told before.
    await launch.act({ kind: 'read-file', path: '/dev/null' });
    const atReturn = launch.events.find(is('held-at-return'))?.held ?? [];
    return {
      starter: event === null ? null : endingOf(event),
      held: `${atReturn.length} held, ${atReturn.filter(({ ran }) => ran).length} had run`,
      letGo: launch.events
        .filter(is('let-go'))
        .map(({ because, waiter }) => (waiter === null ? because : `${because}: ${waiter.call}`)),
      ended: launch.events.filter(is('ended')).map(endingOf),
      left: livingBelow(stage) ?? -1,
    };
  } finally {
    await launch.end();
  }
}

const lost = { starter: '0', held: '1 held, 0 had run', letGo: ['returned'], ended: ['SIGHUP'], left: 0 };

describe.skipIf(!able)('child last, from the leader start (needs Linux and a C compiler)', () => {
  test('who does not wait loses its child before that has run one instruction', async () => {
    expect(await start([starters, 'returns'], 'child-last')).toEqual(lost);
    expect(await start([starters, 'forks-twice'], 'child-last')).toEqual(lost);
  });
  test('time is no guarantee: one sleep does not wait', async () => {
    expect(await start([starters, 'sleeps'], 'child-last', { holdMs: 2000 })).toEqual(lost);
  });
  test('a child that is somebody else by the time vfork(2) is over is held there', async () => {
    const result = await start([starters, 'spawns'], 'child-last');
    expect(result).toEqual({ ...lost, held: '1 held, 1 had run', letGo: ['waits: vfork', 'returned'] });
  });
  test('a shell that leaves a job behind loses it, whatever it ran before', async () => {
    const script = 'true; x=$(echo a | cat); sleep 1000 & /bin/true';
    const { starter, held, ended, left } = await start(['/bin/sh', '-c', script], 'child-last');
    expect({ starter, held, last: ended.at(-1), left }).toEqual({
      starter: '0',
      held: '1 held, 0 had run',
      last: 'SIGHUP',
      left: 0,
    });
  });
  test('who ignores SIGHUP before it forks need not wait', async () => {
    const result = await start([starters, 'ignores-hangup'], 'child-last');
    expect(result).toEqual({ ...lost, ended: [], left: 1 });
  });

  const waits = { starter: '0', held: '0 held, 0 had run', ended: [], left: 1 };
  test.each([
    ['reads-pipe', 'read'],
    ['polls-pipe', process.arch === 'x64' ? 'poll' : 'ppoll'],
    ['threads', 'read'],
    ['without-signal', 'read'],
  ])('%s: it waits in %s, and its daemon survives', async (way, call) => {
    const { held, ...result } = await start([starters, way], 'child-last');
    expect(result).toEqual({ starter: '0', letGo: [`waits: ${call}`, 'returned'], ended: [], left: 1 });
    // The last it did was to write the byte: from there on it is held until the starter has returned.
    expect(held).toBe('1 held, 1 had run');
  });
  test('who waits at a fifo waits for its daemon to open and to write it', async () => {
    const result = await start([starters, 'reads-fifo', pidfile], 'child-last');
    expect(result).toEqual({
      ...waits,
      held: '1 held, 1 had run',
      letGo: ['waits: openat', 'returned'],
    });
  });
  test('who waits for the first child alone has a second one that is safe, and held', async () => {
    const result = await start([starters, 'waits-for-first-child'], 'child-last');
    expect(result).toEqual({
      ...waits,
      held: '1 held, 0 had run',
      letGo: ['waits: wait4', 'returned'],
      ended: ['0'],
    });
  });
  test('who looks for the pidfile again and again outlasts the hold', async () => {
    const result = await start([starters, 'looks-for-pidfile', pidfile], 'child-last');
    expect(result).toEqual({ ...waits, letGo: ['outlasted'] });
  });
  test('a child that reports before its last step is held there as well', async () => {
    const result = await start([starters, 'reports-first'], 'child-last');
    expect(result).toEqual({
      starter: '0',
      held: '1 held, 1 had run',
      letGo: ['waits: read', 'returned'],
      ended: ['SIGHUP'],
      left: 0,
    });
  });
  test('a process that stops itself is seen stopped by its parent, and goes on when it is continued', async () => {
    const { starter, ended, left } = await start([starters, 'stops-child'], 'child-last');
    expect({ starter, ended, left }).toEqual({ starter: '0', ended: [], left: 1 });
  });
  test('a process that would be traced by another is told that it cannot, and a child of no trace is not held', async () => {
    expect((await start([starters, 'traces'], 'child-last')).starter).toBe('3');
    expect((await start([starters, 'traces-child'], 'child-last')).starter).toBe('3');
    expect(await start([starters, 'untraced'], 'child-last')).toEqual({ ...waits, letGo: [] });
  });
});

describe.skipIf(!able)('child first (needs Linux and a C compiler)', () => {
  test('a child that has left the session before its parent goes on survives', async () => {
    const safe = { starter: '0', held: '0 held, 0 had run', letGo: ['waits'], ended: [], left: 1 };
    expect(await start([starters, 'returns'], 'child-first')).toMatchObject({
      ...safe,
      letGo: [expect.any(String)],
    });
    expect(await start([starters, 'reads-pipe'], 'child-first')).toMatchObject({ starter: '0', left: 1 });
  });
  test.skipIf(process.getuid?.() !== 0)(
    'a child that waits on the clock for its parent to end lets it, whatever its threads read (root reads /proc/kmsg)',
    async () => {
      const { starter, left } = await start([starters, 'waits-for-orphanhood'], 'child-first');
      expect({ starter, left }).toEqual({ starter: '0', left: 1 });
    },
  );
  test('a word that comes before its handler ends the starter', async () => {
    expect(await start([starters, 'signals-parent'], 'child-last')).toMatchObject({ starter: '0' });
    expect(await start([starters, 'signals-parent'], 'child-first')).toMatchObject({ starter: 'SIGUSR1' });
  });
});

const isThere = (pid: number): boolean => stateOf(`${pid}`) !== '' && stateOf(`${pid}`) !== 'Z';

describe.skipIf(!able)('a held start whose stage is gone (needs Linux and a C compiler)', () => {
  test('leaves nothing held for ever', async () => {
    const launch = launcher.launch(
      {
        image: { kind: 'execute', path: starters },
        argv: [starters, 'looks-for-pidfile', join(directory, 'never')],
        environment: [],
        directory,
        start: startStates.clean,
        held: { order: 'child-last', holdMs: 1e6, heldAfterReturn: false, interruptedAt: null },
      },
      undefined,
    );
    const untilMs = nowMs() + inject('pace').hangsAfterMs;
    const stage = (await launch.until(is('stage'), untilMs))?.pid ?? -1;
    const held = await launch.until(is('held'), untilMs);
    const pids = [held?.pid ?? -1, held?.parent ?? -1];
    expect(pids.map(isThere)).toEqual([true, true]);
    process.kill(stage, 'SIGKILL');
    const gone = () => (pids.some(isThere) ? null : true);
    expect(
      await lookUntil(gone, { deadlineMs: nowMs() + inject('pace').hangsAfterMs, signal: undefined }),
    ).toBe(true);
    await launch.end();
  });
});

const ordinary = 65534;

describe.skipIf(!able || process.getuid?.() !== 0)('as an ordinary user (needs root to become one)', () => {
  test('a set-user-ID program is another one where it is traced, and that is told', async () => {
    const own = join(directory, 'set-user-id');
    copyFileSync(starters, own);
    chmodSync(own, 0o4755);
    chmodSync(directory, 0o755);
    const driver = join(__dirname, 'test-data/held-as-ordinary-user.cjs');
    const built = join(__dirname, '../../dist/harness/launch');
    const { stdout, stderr } = spawnSync(process.execPath, [driver, built, own, starters], {
      uid: ordinary,
      gid: ordinary,
      cwd: '/',
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([['a set-user-ID program gets no privilege where it is traced'], []]);
  });
});
