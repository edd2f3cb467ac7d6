/** What is measured, each beside the others in turn. All of them start the same trivial double-forking daemon. */

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checker } from '../../harness/check/checker.ts';
import type { CheckRequest } from '../../harness/check/request.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { carefulScript, checkerInC, daemonInC, pytestFile, sleepingScript } from './rivals.ts';

export interface Contestant {
  readonly name: string;
  /** What its time is divided by. */
  readonly base: 'node -e 0' | 'C, one launch with terminal' | null;
  /** The ratio that is not to be exceeded; null where only the figure counts. */
  readonly atMost: number | null;
  /** Checks that it makes at once, of which the throughput is told; null for what is no batch. */
  readonly checks: number | null;
  readonly run: () => Promise<unknown>;
  /** Command of its own, of which the peak of memory can be taken; null in process. */
  readonly command: readonly string[] | null;
}

function compile(directory: string, name: string, source: string): string {
  const path = join(directory, name);
  writeFileSync(`${path}.c`, source);
  execFileSync('cc', ['-O1', '-w', '-o', path, `${path}.c`]);
  return path;
}

function script(directory: string, name: string, source: string): string {
  const path = join(directory, name);
  writeFileSync(path, source);
  chmodSync(path, 0o755);
  return path;
}

/** Why a tool cannot take part; null if it can. */
function whyAbsent(command: string, ...args: readonly string[]): string | null {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
    ? null
    : `${command} ${args.join(' ')} fails here`;
}

export interface Field {
  readonly contestants: readonly Contestant[];
  /** Who could not take part, and why. */
  readonly absent: Readonly<Record<string, string>>;
  readonly daemon: string;
}

export function fieldIn(directory: string, checker: Checker): Field {
  const daemon = compile(directory, 'daemon', daemonInC);
  const inC = compile(directory, 'checker', checkerInC);
  const cli = join(packageRoot, 'harness/bin.cjs');
  const absent: Record<string, string> = {};
  const contestants: Contestant[] = [];
  const add = (
    name: string,
    base: Contestant['base'],
    atMost: number | null,
    command: readonly [string, ...string[]],
    env: NodeJS.ProcessEnv = process.env,
    checks: number | null = null,
  ): void => {
    const [file, ...args] = command;
    const run = async (): Promise<void> => {
      const { status } = spawnSync(file, args, {
        stdio: 'ignore',
        cwd: directory,
        env,
        timeout: 600_000,
        killSignal: 'SIGKILL',
      });
      // Nothing was checked, and soon done with.
      if (file === cli && (status === null || status === 2 || status === 3))
        throw new Error(`${name}: exit status ${status}`);
    };
    contestants.push({ name, base, atMost, checks, run, command });
  };
  const request: CheckRequest = {
    argv: [daemon],
    path: daemon,
    cwd: directory,
    env: {},
    profile: 'sysv',
    overrides: {},
    only: null,
    skip: [],
    strict: false,
    expectedFailures: {},
    starts: ['clean'],
  };
  const inProcess = (name: string, isolation: 'none' | 'auto', base: Contestant['base']): void => {
    const run = (): Promise<unknown> => checker.check({ ...request, isolation });
    contestants.push({ name, base, atMost: 3, checks: null, run, command: null });
  };
  const uncached = { ...process.env, DAEMON_CONFORMANCE_CODE_CACHE: 'off' };
  const one = [cli, '--only', 'session', '--start', 'clean'] as const;

  add('node -e 0', null, null, [process.execPath, '-e', '0']);
  add('C, one launch with terminal', null, null, [inC, daemon]);
  inProcess('in process, one launch', 'none', 'C, one launch with terminal');
  inProcess('in process, one launch, isolated', 'auto', 'C, one launch with terminal');
  add('--version', 'node -e 0', 1.15, [cli, '--version']);
  add('--help', 'node -e 0', 1.15, [cli, '--help']);
  add('state, one start', 'node -e 0', 1.5, [...one, daemon]);
  add('state, one start, no code cache', 'node -e 0', 2, [...one, daemon], uncached);
  add('state, three starts', 'node -e 0', 1.6, [cli, '--only', 'session', daemon]);
  add('--quick', 'node -e 0', 6, [cli, '--quick', daemon]);
  add('full check', 'node -e 0', 8, [cli, daemon]);
  add('careful shell script', 'node -e 0', null, ['/bin/sh', '-c', carefulScript, 'sh', daemon]);
  add('script with sleep 1', 'node -e 0', null, ['/bin/sh', '-c', sleepingScript, 'sh', daemon]);

  const test = script(directory, 'test_daemon.py', pytestFile(daemon));
  const noPytest = whyAbsent('python3', '-c', 'import psutil, pytest');
  if (noPytest === null)
    add('pytest with psutil', 'node -e 0', null, ['python3', '-m', 'pytest', '-q', test]);
  else absent['pytest with psutil'] = noPytest;
  const noBats = whyAbsent('bats', '--version');
  const bats = script(
    directory,
    'daemon.bats',
    `@test "a daemon" {\nset -- ${daemon}\n${carefulScript}\n}\n`,
  );
  if (noBats === null) add('bats', 'node -e 0', null, ['bats', bats]);
  else absent.bats = noBats;

  const real: readonly (readonly [string, ...string[]])[] = [
    ['redis-server', '--daemonize', 'yes', '--save', '', '--port', '16379'],
    ['memcached', '-d', '-u', 'nobody', '-p', '16211'],
    ['nginx'],
  ];
  for (const argv of real) {
    if (spawnSync('sh', ['-c', 'command -v "$1"', 'sh', argv[0]], { stdio: 'ignore' }).status !== 0) {
      absent[argv[0]] = 'not installed';
    } else add(`full check of ${argv[0]}`, 'node -e 0', 30, [cli, ...argv]);
  }
  if (absent.nginx === undefined) {
    for (const isolation of ['full', 'none'] as const) {
      const file = join(directory, `nginx-${isolation}.json`);
      writeFileSync(file, JSON.stringify({ programs: nginxAtPorts(inOneBatch) }));
      const command = [cli, '--isolation', isolation, 'batch', file, '--jobs', String(inOneBatch)] as const;
      const name = `${inOneBatch} full checks of nginx in one batch, --isolation ${isolation}`;
      add(name, null, null, [...command], process.env, inOneBatch);
    }
  }
  return { contestants, absent, daemon };
}

const inOneBatch = 10;

/** A port each: without isolation they would be in each other's way. */
function nginxAtPorts(count: number): readonly object[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `nginx ${i + 1}`,
    argv: ['nginx', '-p', '{dir}', '-c', '{dir}/nginx.conf'],
    files: {
      'nginx.conf': [
        'pid {dir}/nginx.pid;',
        'error_log {dir}/error.log;',
        'events {}',
        `http { access_log off; server { listen 127.0.0.1:${18300 + i}; } }`,
      ],
    },
    pidfile: '{dir}/nginx.pid',
  }));
}
