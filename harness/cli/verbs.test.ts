import { describe, expect, test } from 'vitest';
import { help } from '../options/help.ts';
import { option, optionNames } from '../options/table.ts';
import type { BatchReport } from '../report/batch/report.ts';
import { conforming } from '../report/golden/conforming.ts';
import { failing } from '../report/golden/failing.ts';
import { main } from './main.ts';
import { stubIo, stubRequirements, stubServices } from './stub-world.ts';

async function run(
  argv: readonly string[],
  services = stubServices(),
): Promise<{ status: number; stdout: string; stderr: string }> {
  const io = stubIo({ cwd: '/' });
  return { status: await main(argv, io, services), ...io.written };
}

async function usageFailed(...argv: string[]): Promise<string> {
  const { status, stdout, stderr } = await run(argv);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  return stderr;
}

describe('inspect', () => {
  test('asks for one process', async () => {
    const services = stubServices({ inspect: async () => failing });
    const { status, stdout } = await run(
      ['inspect', '402', '-p', 'apue', '--only=session-leader', '--strict'],
      services,
    );
    expect(status).toBe(1);
    expect(services.inspections).toEqual([
      {
        pid: 402,
        profile: 'apue',
        overrides: {},
        failOn: 'should',
        only: ['session-leader'],
        skip: [],
        expectedFailures: {},
        language: null,
      },
    ]);
    expect(stdout).toContain('does not conform to');
  });

  test('says that there is no such process', async () => {
    const services = stubServices({
      inspect: async () => {
        throw Object.assign(new Error('no process has the ID 402'), { name: 'NoSuchProcess' });
      },
    });
    expect(await run(['inspect', '402'], services)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'daemon-conformance: no process has the ID 402\n',
    });
  });

  test('needs to be told of which', async () => {
    expect(await usageFailed('inspect')).toContain('inspect needs a process ID or a name');
    expect(await usageFailed('inspect', 'nginx')).toContain(
      "'nginx' is no process ID, and no process has that name",
    );
    expect(await usageFailed('inspect', '0')).toContain("'0' is no process ID");
    expect(await usageFailed('inspect', '--all', '402')).toContain("takes no process, and '402' is one");
  });

  describe('of several', () => {
    const ended = Object.assign(new Error('no process has the ID 404'), { name: 'NoSuchProcess' });
    const services = () =>
      stubServices({
        findProcesses: async (name) =>
          [
            { pid: 402, name: 'sshd' },
            { pid: 403, name: 'cron' },
            { pid: 404, name: 'cron' },
          ].filter((each) => name === null || each.name === name),
        inspect: async ({ pid }) => {
          if (pid === 404) throw ended;
          return pid === 402 ? failing : { ...conforming, verdict: 'conforms' };
        },
      });

    test('is a row for each, and the worst of their verdicts', async () => {
      const { status, stdout } = await run(['inspect', '--all'], services());
      expect(status).toBe(1);
      expect(stdout).toMatch(/^cron 403 +conforms/m);
      expect(stdout).toMatch(/^sshd 402 +does not conform/m);
      expect(stdout).not.toContain('404');
      expect(stdout).toContain('1 of 2 conform');
    });

    test('takes names and process IDs, each process once', async () => {
      const { stdout } = await run(['inspect', '-f', 'json', '403', 'sshd', '402'], services());
      const { kind, programs } = JSON.parse(stdout) as BatchReport;
      expect([kind, ...programs.map(({ name }) => name)]).toEqual([
        'batch',
        `${conforming.program.argv[0]} 403`,
        'sshd 402',
      ]);
    });

    test('a name that one process has is as good as its ID', async () => {
      const asked = services();
      expect((await run(['inspect', 'sshd'], asked)).stdout).toContain('does not conform to');
      expect(asked.inspections).toMatchObject([{ pid: 402 }]);
    });

    test('says so where a process that was named by its ID is not there', async () => {
      expect(await run(['inspect', '402', '404'], services())).toEqual({
        status: 2,
        stdout: '',
        stderr: 'daemon-conformance: no process has the ID 404\n',
      });
    });
  });
});

describe('list', () => {
  test('is a line per requirement, with its level in every profile', async () => {
    expect(await run(['list'])).toEqual({
      status: 0,
      stderr: '',
      stdout: [
        'id              sy b3 g3 ap pe cl su  title',
        'session-leader  M  -  -  S  -  -  o   The daemon is not a session leader',
        'starter-return  M  -  -  -  -  -  -   The starter returns',
        '',
        'M must, S should, o may, - not asked for',
        'sy sysv, b3 daemon3-bsd, g3 daemon3-glibc, ap apue, pe pep3143, cl classic, su supervised',
        '',
      ].join('\n'),
    });
  });

  test('is for one profile', async () => {
    expect((await run(['list', '-p', 'apue'])).stdout).toBe(
      [
        'id              apue    title',
        'session-leader  should  The daemon is not a session leader',
        'starter-return  -       The starter returns',
        '',
      ].join('\n'),
    );
  });

  test('is JSON', async () => {
    const { stdout } = await run(['list', '--format', 'json']);
    expect(JSON.parse(stdout)).toEqual(
      stubRequirements.map(({ id, title, levels, starts, sources }) => ({
        id,
        title,
        levels,
        starts: starts ?? null,
        sources,
      })),
    );
    expect(JSON.parse((await run(['list', '-f', 'json', '-p', 'apue'])).stdout)).toMatchObject([
      { level: 'should' },
      { level: null },
    ]);
  });

  test('takes no word', async () => {
    expect(await usageFailed('list', 'session')).toContain(
      "'session' is one; explain session tells of one requirement",
    );
    expect(await usageFailed('list', '-p', 'zzz')).toContain("there is no profile 'zzz'");
  });
});

describe('explain', () => {
  test('tells of one requirement', async () => {
    expect((await run(['explain', 'session-leader'])).stdout).toBe(
      [
        'session-leader: The daemon is not a session leader',
        '',
        'fails as    The daemon is still a session leader',
        'why         A session leader may acquire a controlling terminal.',
        'remedy      Call fork(2) once more.',
        'levels      sysv must, apue should, supervised may',
        'sources     daemon(7), SysV Daemons, step 7',
        'starts      every one',
        'facts       session of the daemon',
        'promises    setsid/ids: setsid() makes a leader',
        '',
        'edit        Fork once more.',
        'in c        A book, on forks',
        '',
        '  use c',
        '',
        '  fork()',
        '    exit',
        '',
        '  tell()',
        '',
      ].join('\n'),
    );
    expect((await run(['explain', 'starter-return'])).stdout).toContain(
      'starts      clean, hostile\nfacts       the launch as a whole\n',
    );
  });

  test('has the lines that repair it in the language that was named', async () => {
    const { stdout } = await run(['explain', 'session-leader', '--lang', 'perl']);
    expect(stdout).toContain('\nin perl     A book, on forks\n\n  use perl\n');
    expect(await usageFailed('explain', 'session-leader', '--lang', 'pearl')).toContain('did you mean perl?');
    expect(await usageFailed('explain', '--lang', 'perl')).toContain('none was named');
  });

  test('without one tells of the areas', async () => {
    expect((await run(['explain'])).stdout).toBe(
      'process  starter-return\nsession  session-leader\n\ndaemon-conformance explain ID tells of one.\n',
    );
  });

  test('suggests what was meant', async () => {
    expect(await usageFailed('explain', 'session-leder')).toBe(
      "daemon-conformance: there is no requirement 'session-leder'; did you mean session-leader?\n",
    );
    expect(await usageFailed('explain', 'zzzzzzz')).toBe(
      "daemon-conformance: there is no requirement 'zzzzzzz'; list shows them\n",
    );
    expect(await usageFailed('explain', 'a', 'b')).toContain("'b' is one word too many");
  });
});

describe('help', () => {
  test('is asked for before a program or by any verb, and launches nothing', async () => {
    for (const argv of [['--help'], ['-h', 'sh'], ['inspect', '--help'], ['list', '-h']]) {
      expect(await run(argv)).toEqual({ status: 0, stdout: help, stderr: '' });
    }
    expect((await run(['--version'])).stdout).toBe('daemon-conformance 1.2.3\n');
  });

  test('names every option, and fits 80 columns', () => {
    for (const name of optionNames) {
      expect(help).toContain(`--${name}`);
      const { short } = option(name);
      if (short !== undefined) expect(help).toContain(`-${short}`);
    }
    expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
