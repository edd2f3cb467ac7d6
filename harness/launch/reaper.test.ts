/** Stages that keep hold of their launches as on a BSD, on real processes of Linux: see test-data/bsd-on-linux.c. */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LaunchRequest, Request, StageEvent } from './protocol.ts';
import { startStates } from './start-states.ts';

const launch = join(__dirname, '../../dist/harness/launch');
const able =
  process.platform === 'linux' &&
  existsSync(join(launch, 'launcher-entry.js')) &&
  spawnSync('cc', ['--version']).status === 0;

const directory = mkdtempSync(join(tmpdir(), 'bsd-on-linux-'));
const library = join(directory, 'bsd-on-linux.so');
afterAll(() => rmSync(directory, { recursive: true }));

type System = 'freebsd' | 'openbsd' | 'netbsd';

/** In place of what keeps hold on Linux. Numbers stay those of the kernel that this runs on. */
function reaperOf(system: System): string {
  const path = join(directory, `${system}.cjs`);
  const make =
    system === 'freebsd'
      ? `require(${JSON.stringify(join(launch, 'reaper-freebsd.js'))}).freebsdReaper(functions, 17)`
      : `require(${JSON.stringify(join(launch, 'reaper-tracking.js'))}).trackingReaper(functions, '${system}')`;
  writeFileSync(
    path,
    `const Module = require('node:module');
    const load = Module._load;
    let reaper = null;
    Module._load = (name, ...rest) => {
      if (name !== './reaper') return name.endsWith('/reaper.js') ? { reaper: made() } : load(name, ...rest);
      return { reaper: made() };
    };
    function made() {
      const { functionsOfLibc } = require(${JSON.stringify(join(launch, '../libc/load-koffi.js'))});
      const functions = functionsOfLibc();
      return (reaper ??= ${make});
    }`,
  );
  return path;
}

interface StagePlay {
  readonly events: readonly StageEvent[];
  /** What the stage and the program's own process asked of the system, without what stages in waiting do. */
  readonly calls: readonly string[];
}

/** Launches a program on a launcher of that system, waits for `done` and ends it all. */
async function play(
  system: System,
  argv: readonly string[],
  done: (event: StageEvent) => boolean,
): Promise<StagePlay> {
  const log = join(directory, `${system}-${Math.random()}.log`);
  const child = spawn(
    process.execPath,
    ['--single-threaded', '--require', reaperOf(system), join(launch, 'launcher-entry.js')],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
      env: { PATH: process.env.PATH, LD_PRELOAD: library, BSD_LOG: log, BSD_SYSTEM: system },
    },
  );
  const say = (request: Request): void => void child.stdin.write(`${JSON.stringify(request)}\n`);
  const request: LaunchRequest = {
    type: 'launch',
    launch: 1,
    image: { kind: 'execute', path: argv[0] ?? '' },
    argv,
    environment: ['PATH=/bin:/usr/bin'],
    directory: '/',
    start: startStates.clean,
  };
  const events: StageEvent[] = [];
  let ending = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as StageEvent | { readonly type: 'ready' | 'unable' };
    if (event.type === 'unable') throw new Error(line);
    if (event.type === 'ready') say(request);
    if (!('launch' in event)) continue;
    events.push(event);
    if (!ending && done(event)) {
      ending = true;
      say({ type: 'end', launch: 1, keep: false });
    }
    if (event.type === 'over' || event.type === 'lost') child.stdin.end();
  }
  const started = events.find((event) => event.type === 'started');
  const stage = events.find((event) => event.type === 'stage');
  const pids = [stage?.pid, started?.pid];
  const calls = readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((entry) => {
      const at = entry.indexOf(' ');
      const who = pids.indexOf(Number(entry.slice(0, at)));
      return who < 0 ? [] : [`${who === 0 ? 'stage' : 'program'}: ${entry.slice(at + 1)}`];
    });
  return { events, calls };
}

const alive = (pid: number): boolean => existsSync(`/proc/${pid}`);
const endOf = (events: readonly StageEvent[]) =>
  events.find(({ type }) => type === 'over' || type === 'lost');
const sharedCalls = ['stage: posix_openpt()', 'stage: ioctl(TIOCSCTTY)', 'program: tcsetpgrp()'] as const;

describe.skipIf(!able)('launching as on (needs Linux, the built package and cc)', () => {
  beforeAll(() => {
    const source = join(__dirname, 'test-data/bsd-on-linux.c');
    const { status, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-Wall', '-o', library, source, '-ldl'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('FreeBSD: a reaper, then a queue that tells of SIGCHLD, then terminal and program', async () => {
    const { events, calls } = await play('freebsd', ['/bin/true'], ({ type }) => type === 'returned');
    expect(calls.slice(0, 8)).toEqual([
      'stage: setsid()',
      'stage: procctl(PROC_REAP_ACQUIRE)',
      'stage: kqueue()',
      'stage: kevent(ident SIGCHLD, filter -6, flags 0x21, fflags 0x0)',
      ...sharedCalls,
      'program: execve(/bin/true)',
    ]);
    expect(events.find(({ type }) => type === 'returned')).toMatchObject({ exitCode: 0, signal: null });
    expect(endOf(events)).toEqual({ launch: 1, type: 'over', left: [] });
  });

  test('FreeBSD: an orphan comes to the stage, is told of, and is ended', async () => {
    const script = '(trap "" HUP TERM; setsid sleep 1000 & echo $! >&2); exit 3';
    const { events } = await play('freebsd', ['/bin/sh', '-c', script], ({ type }) => type === 'returned');
    const ended = events.filter((event) => event.type === 'ended');
    expect(events.find(({ type }) => type === 'returned')).toMatchObject({ exitCode: 3 });
    expect(ended.at(-1)).toMatchObject({ signal: 'SIGKILL', exitCode: null });
    expect(endOf(events)).toEqual({ launch: 1, type: 'over', left: [] });
    expect(ended.filter(({ pid }) => alive(pid))).toEqual([]);
  });

  test.each([
    ['openbsd', 'filter -5'],
    ['netbsd', 'filter 4'],
  ] as const)('%s: the program is followed before it runs anything', async (system, filter) => {
    const { events, calls } = await play(system, ['/bin/true'], ({ type }) => type === 'returned');
    expect(calls.slice(0, 7)).toEqual([
      'stage: setsid()',
      'stage: kqueue()',
      ...sharedCalls.slice(0, 2),
      // NOTE_EXIT, NOTE_FORK, NOTE_EXEC and NOTE_TRACK, with EV_ADD and EV_CLEAR.
      `stage: kevent(ident child, ${filter}, flags 0x21, fflags 0xe0000001)`,
      'program: tcsetpgrp()',
      'program: execve(/bin/true)',
    ]);
    expect(events.find(({ type }) => type === 'returned')).toMatchObject({ exitCode: 0, signal: null });
    expect(endOf(events)).toEqual({ launch: 1, type: 'over', left: [] });
  });

  test.each(['openbsd', 'netbsd'] as const)('%s: what has not ended is asked to', async (system) => {
    const { events } = await play(system, ['/bin/sleep', '1000'], ({ type }) => type === 'started');
    expect(events.find(({ type }) => type === 'returned')).toMatchObject({
      exitCode: null,
      signal: 'SIGTERM',
    });
    expect(endOf(events)).toEqual({ launch: 1, type: 'over', left: [] });
  });

  test.each(['openbsd', 'netbsd'] as const)('%s: what does not heed that is ended', async (system) => {
    const script = 'trap "" TERM; echo there; sleep 1000';
    const { events } = await play(system, ['/bin/sh', '-c', script], ({ type }) => type === 'output');
    expect(events.find(({ type }) => type === 'returned')).toMatchObject({
      exitCode: null,
      signal: 'SIGKILL',
    });
    expect(endOf(events)).toEqual({ launch: 1, type: 'over', left: [] });
  });
});
