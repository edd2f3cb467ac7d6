import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { renderJson } from '../report/check/json.ts';
import { conforming } from '../report/golden/conforming.ts';
import { failing } from '../report/golden/failing.ts';
import { main } from './main.ts';
import { type StubIo, stubIo, stubServices } from './stub-world.ts';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'check-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

function world(): StubIo {
  return stubIo({ cwd: directory });
}

async function usageFailed(...argv: string[]): Promise<string> {
  const io = world();
  const services = stubServices();
  expect(await main(argv, io, services)).toBe(2);
  expect(services.orders).toEqual([]);
  expect(io.written.stdout).toBe('');
  expect(io.written.stderr).toMatch(/^daemon-conformance: [^\n]+\n$/);
  return io.written.stderr.slice('daemon-conformance: '.length, -1);
}

describe('check', () => {
  test('asks for what the profile says unless more was given', async () => {
    const io = world();
    const services = stubServices();
    expect(await main(['sh', '-c', 'x'], io, services)).toBe(0);
    expect(services.orders).toEqual([
      {
        argv: ['sh', '-c', 'x'],
        path: '/bin/sh',
        cwd: directory,
        env: { PATH: '/bin:/usr/bin' },
        profile: 'sysv',
        overrides: {},
        starts: null,
        stopTimeoutMs: 2000,
        only: null,
        skip: [],
        failOn: 'must',
        isolation: 'auto',
        timeoutMs: 10_000,
        probing: { quick: false, repeat: null },
        trace: false,
        expectedFailures: {},
        language: null,
        keep: false,
        onProgress: expect.any(Function),
        onProbing: expect.any(Function),
        onFallback: expect.any(Function),
        onReport: expect.any(Function),
        signal: expect.any(AbortSignal),
      },
    ]);
    expect(io.written.stdout).toContain('conforms to sysv\n');
    expect(io.written.stderr).toBe('');
    expect(io.listeners()).toBe(0);
  });

  test('hands on everything that was given', async () => {
    const services = stubServices();
    const argv =
      '-p apue --start clean,hostile --start=clean --only session-leader --skip starter-return --strict --timeout 2s ' +
      '--umask max:027 --cwd /no/such --stdio any --user 4711:12 --pidfile d.pid --leader may --keep -- sh';
    expect(await main(argv.split(' '), world(), services)).toBe(0);
    expect(services.orders[0]).toMatchObject({
      argv: ['sh'],
      profile: 'apue',
      starts: ['clean', 'hostile'],
      only: ['session-leader'],
      skip: ['starter-return'],
      failOn: 'should',
      timeoutMs: 2_000,
      keep: true,
      overrides: {
        fileModeCreationMask: { kind: 'at-most', mask: 0o027 },
        workingDirectory: { kind: 'one-of', paths: ['/no/such'] },
        standardStreams: { kind: 'any' },
        user: { name: '4711', userId: 4711, groupId: 12, groups: [12] },
        pidfile: join(directory, 'd.pid'),
        sessionLeader: 'may',
      },
    });
  });

  test('reads the configuration, and the command line overrules it', async () => {
    writeFileSync(
      join(directory, 'daemon-conformance.json'),
      JSON.stringify({
        profile: 'apue',
        umask: '022',
        strict: true,
        start: ['clean'],
        expectedFailures: { 'session-leader': 'issue 17' },
      }),
    );
    const services = stubServices();
    await main(['--profile', 'classic', 'sh'], world(), services);
    expect(services.orders[0]).toMatchObject({
      profile: 'classic',
      failOn: 'should',
      starts: ['clean'],
      overrides: { fileModeCreationMask: { kind: 'exact', mask: 0o022 } },
      expectedFailures: { 'session-leader': 'issue 17' },
    });
  });

  test('writes every format where it was asked for', async () => {
    const io = world();
    expect(
      await main(
        ['-f', 'json=report.json', '-f', 'pretty=report.txt', '-f', 'json', 'sh'],
        io,
        stubServices(),
      ),
    ).toBe(0);
    expect(io.written.stdout).toBe(renderJson(conforming));
    expect(readFileSync(join(directory, 'report.json'), 'utf8')).toBe(renderJson(conforming));
    expect(readFileSync(join(directory, 'report.txt'), 'utf8')).toContain('conforms to sysv\n');
  });

  test.each([
    ['conforms', 0],
    ['does-not-conform', 1],
    ['not-judged', 3],
    ['not-applicable', 77],
  ] as const)('answers %s with status %i', async (verdict, status) => {
    const services = stubServices({ check: async () => ({ ...failing, verdict }) });
    expect(await main(['-q', 'sh'], world(), services)).toBe(status);
  });

  test.each(['conforms', 'does-not-conform', 'not-judged', 'not-applicable'] as const)(
    'answers %s with status 0 where nothing is to fail',
    async (verdict) => {
      const services = stubServices({ check: async () => ({ ...failing, verdict }) });
      const io = world();
      expect(await main(['-q', '--fail-on', 'never', 'sh'], io, services)).toBe(0);
      expect(io.written.stdout).not.toBe('');
      expect(await main(['--fail-on', 'never', './none'], io, services)).toBe(2);
    },
  );

  test('says in one line that the harness failed, and more only with -v', async () => {
    const services = stubServices({
      check: async () => {
        throw new Error('the launcher process is gone: SIGKILL', { cause: new Error('inner') });
      },
    });
    const io = world();
    expect(await main(['sh'], io, services)).toBe(3);
    expect(io.written).toEqual({
      stdout: '',
      stderr: 'daemon-conformance: the launcher process is gone: SIGKILL\n',
    });
    const talking = world();
    await main(['-v', 'sh'], talking, services);
    expect(talking.written.stderr).toMatch(/\n {4}at [\s\S]*caused by Error: inner/);
  });
});

describe('bad input', () => {
  test.each([
    [[], 'no program given; name the one to check, as in daemon-conformance ./mydaemon (--help tells more)'],
    [
      ['--'],
      'no program given; name the one to check, as in daemon-conformance ./mydaemon (--help tells more)',
    ],
    [
      ['inspekt', '402'],
      "'inspekt' is in no directory of PATH: check the name, or give a path with a slash; did you mean inspect?",
    ],
    [
      ['chek', './mydaemon'],
      "'chek' is in no directory of PATH: check the name, or give a path with a slash; to check a program no verb is needed: daemon-conformance ./mydaemon",
    ],
    [['--profil', 'x', 'sh'], 'there is no option --profil; did you mean --profile?'],
    [['-p', 'sysvv', 'sh'], "--profile: there is no profile 'sysvv'; did you mean sysv?"],
    [
      ['-p', 'zzzzz', 'sh'],
      "--profile: there is no profile 'zzzzz'; there are sysv, daemon3-bsd, daemon3-glibc, apue, pep3143, classic, supervised",
    ],
    [['--start', 'clean,hostil', 'sh'], "--start: there is no start state 'hostil'; did you mean hostile?"],
    [
      ['--only', 'sesion-leader', 'sh'],
      "--only: there is no requirement 'sesion-leader'; did you mean session-leader?",
    ],
    [
      ['--skip', 'zzzzzzz', 'sh'],
      "--skip: there is no requirement 'zzzzzzz'; there are session-leader, starter-return",
    ],
    [['--leader', 'no', 'sh'], "--leader: there is no word 'no'; there are may, must-not"],
    [
      ['--color', 'sometimes', 'sh'],
      "--color: there is no choice 'sometimes'; there are auto, always, never",
    ],
    [['--fail-on', 'shold', 'sh'], "--fail-on: there is no level 'shold'; did you mean should?"],
    [['./none'], "'./none' does not exist, seen from DIRECTORY: check the path"],
    [['/tmp'], "'/tmp' is a directory: name the program in it"],
    [
      ['a\x1b[2J\nb'],
      "'a\\x1b[2J\\x0ab' is in no directory of PATH: check the name, or give a path with a slash",
    ],
    [['-f', 'json=/no/such/x', 'sh'], '/no/such/x cannot be written: there is no directory /no/such'],
    [['--config', 'no.json', 'sh'], 'no.json cannot be read (ENOENT); give another with --config FILE'],
  ])('%j is one clear line, and nothing is launched', async (argv, line) => {
    expect(await usageFailed(...argv)).toBe(line.replace('DIRECTORY', directory));
  });

  test('in the configuration names the file and the key', async () => {
    const write = (config: object): void =>
      writeFileSync(join(directory, 'daemon-conformance.json'), JSON.stringify(config));
    write({ umask: '9' });
    expect(await usageFailed('sh')).toContain("daemon-conformance.json: umask '9' is no mask");
    write({ only: ['session-leder'] });
    expect(await usageFailed('sh')).toBe(
      "daemon-conformance.json: only: there is no requirement 'session-leder'; did you mean session-leader?",
    );
    write({ expectedFailures: { nothing: 'x' } });
    expect(await usageFailed('sh')).toBe(
      "daemon-conformance.json: expectedFailures: there is no requirement 'nothing'; there are session-leader, starter-return",
    );
  });
});

describe('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s aborts the check, and ends with status %i when everything is ended',
    async (signal, status) => {
      const io = world();
      const ended: string[] = [];
      const services = stubServices({
        check: ({ signal: abort }) =>
          new Promise((_resolve, reject) => {
            abort?.addEventListener('abort', () => {
              // A second one changes nothing.
              io.send('SIGTERM');
              setTimeout(() => {
                ended.push('all');
                reject(new Error('aborted'));
              }, 10);
            });
            io.send(signal);
          }),
      });
      expect(await main(['-f', 'json=report.json', 'sh'], io, services)).toBe(status);
      expect(ended).toEqual(['all']);
      expect(io.written).toEqual({ stdout: '', stderr: '' });
      expect(io.listeners()).toBe(0);
    },
  );

  test('that comes when the report is there already still ends without it', async () => {
    const io = world();
    const services = stubServices({
      check: async () => {
        io.send('SIGINT');
        return conforming;
      },
    });
    expect(await main(['sh'], io, services)).toBe(130);
    expect(io.written.stdout).toBe('');
  });
});

describe('the status line', () => {
  beforeEach(() => {
    // What the check waits for beside them is no time.
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance', 'hrtime'],
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function slow(io: StubIo, ...argv: string[]): Promise<string> {
    const services = stubServices({
      check: async ({ onProgress }) => {
        onProgress?.({ start: 'clean', phase: 'settling', elapsedMs: 200, processes: 2, daemon: null });
        onProgress?.({ start: 'hostile', phase: 'done', elapsedMs: 100, processes: 0, daemon: null });
        await vi.advanceTimersByTimeAsync(150);
        return conforming;
      },
    });
    await main(argv, io, services);
    return io.written.stderr;
  }

  test('tells what is going on on a terminal, and is gone before the report', async () => {
    expect(await slow(stubIo({ cwd: directory, isTTY: true }), 'sh')).toBe(
      '\r\x1b[Kclean settling 0.3s 2 processes · hostile done\r\x1b[K',
    );
  });

  test('is not there without a terminal, on a dumb one, or when quiet', async () => {
    expect(await slow(stubIo({ cwd: directory }), 'sh')).toBe('');
    expect(await slow(stubIo({ cwd: directory, isTTY: true }), '-q', 'sh')).toBe('');
    const dumb = stubIo({ cwd: directory, isTTY: true, env: { PATH: '/bin', TERM: 'dumb' } });
    expect(await slow(dumb, 'sh')).toBe('');
  });

  test('does not flash by in a check that is over at once', async () => {
    const io = stubIo({ cwd: directory, isTTY: true });
    await main(['sh'], io, stubServices());
    expect(io.written.stderr).toBe('');
  });
});

describe('colour', () => {
  const sequence = '\x1b[';

  async function told(
    env: Readonly<Record<string, string>>,
    isTTY: boolean,
    ...argv: string[]
  ): Promise<string> {
    const io = stubIo({ cwd: directory, isTTY, env: { PATH: '/bin', ...env } });
    await main([...argv, 'sh'], io, stubServices());
    return io.written.stdout;
  }

  test('is for terminals that want it', async () => {
    expect(await told({}, true)).toContain(sequence);
    expect(await told({ NO_COLOR: '' }, true)).toContain(sequence);
    expect(await told({}, false)).not.toContain(sequence);
    expect(await told({ NO_COLOR: '1' }, true)).not.toContain(sequence);
    expect(await told({ TERM: 'dumb' }, true)).not.toContain(sequence);
  });

  test('is as asked for', async () => {
    expect(await told({ NO_COLOR: '1' }, false, '--color', 'always')).toContain(sequence);
    expect(await told({}, true, '--color=never')).not.toContain(sequence);
  });

  test('does not get into a file', async () => {
    await told({}, true, '-f', 'pretty=report.txt');
    expect(readFileSync(join(directory, 'report.txt'), 'utf8')).not.toContain(sequence);
  });
});
