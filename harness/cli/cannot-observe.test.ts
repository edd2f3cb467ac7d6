import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { KoffiMissing } from '../libc/load-koffi.ts';
import { UnknownLayout } from '../observe/bsd/layout.ts';
import { Unobservable } from '../observe/system.ts';
import { main } from './main.ts';
import { stubIo, stubServices } from './stub-world.ts';

const reject = (error: Error) => () => Promise.reject(error);

describe('one line says what is missing, and the status is 3', () => {
  test.each([
    new KoffiMissing('netbsd', 'x64'),
    new Unobservable('darwin'),
    new UnknownLayout('FreeBSD 16.0-RELEASE', 'struct kinfo_proc has 1200 bytes, 1088 were expected'),
  ])('$name', async (error) => {
    const services = {
      ...stubServices({ check: reject(error), inspect: reject(error) }),
      suite: reject(error),
    };
    for (const argv of [['sh'], ['inspect', '402'], ['suite']]) {
      const io = stubIo({ cwd: '/' });
      expect([await main(argv, io, services), io.written]).toEqual([
        3,
        { stdout: '', stderr: `daemon-conformance: ${error.message}\n` },
      ]);
    }
  });
});

const built = join(__dirname, '../../dist/harness/cli/command.js');
const directory = mkdtempSync(join(tmpdir(), 'cannot-observe-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** The built program as it would find itself on another system, or without a binary of koffi. */
function elsewhere(
  platform: string,
  ...argv: readonly string[]
): { status: number | null; said: string; out: string } {
  const world = join(directory, `${platform}.cjs`);
  writeFileSync(
    world,
    `const Module = require('node:module');
    const load = Module._load;
    Module._load = (name, ...rest) => {
      if (name === 'koffi') throw Object.assign(new Error('no such module'), { code: 'MODULE_NOT_FOUND' });
      return load(name, ...rest);
    };
    Object.defineProperty(process, 'platform', { value: '${platform}' });`,
  );
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--require', world, built, ...argv], {
    encoding: 'utf8',
  });
  return { status, said: stderr, out: stdout };
}

describe.skipIf(!existsSync(built))('the built program (needs it built)', () => {
  const noKoffi =
    /^daemon-conformance: koffi, which calls the C library, has no binary for netbsd \S+:.*compare, explain and list work.*\n$/;

  test.each([{ argv: ['/bin/true'] }, { argv: ['inspect', '1'] }, { argv: ['suite', 'syscalls'] }])(
    'without koffi $argv says so',
    ({ argv }) => {
      const { status, said, out } = elsewhere('netbsd', ...argv);
      expect({ status, out }).toEqual({ status: 3, out: '' });
      expect(said).toMatch(noKoffi);
    },
  );

  test('macOS is said not to be supported yet', () => {
    expect(elsewhere('darwin', '/bin/true')).toEqual({
      status: 3,
      out: '',
      said: 'daemon-conformance: macOS is not supported yet: its processes cannot be observed. compare, explain and list work.\n',
    });
  });

  test('what needs neither works', () => {
    expect(elsewhere('netbsd', 'list').status).toBe(0);
    const { status, out } = elsewhere('netbsd', 'explain', 'session-leader');
    expect(status).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain(
      'promises cannot be listed here: koffi, which calls the C library',
    );
  });

  test('the doctor says what is missing instead of failing', () => {
    const { status, said, out } = elsewhere('netbsd', 'doctor');
    expect({ status, said }).toEqual({ status: 0, said: '' });
    expect(out.replace(/\s+/g, ' ')).toMatch(/the launcher koffi, which calls the C library, has no binary/);
    expect(out.replace(/\s+/g, ' ')).toMatch(/facts of an own process koffi, which calls the C library/);
  });
});

describe('from a start that is none for us', () => {
  const inShell = (script: string) =>
    spawnSync('/bin/sh', ['-c', script, 'sh', process.execPath, built, 'true'], {
      encoding: 'utf8',
      cwd: directory,
    });

  test.each([
    ['ulimit -n 20', 'nothing can be launched here: too few open descriptors are allowed, raise'],
    ['ulimit -n 230', 'nothing can be launched here: 230 open descriptors are allowed where it takes'],
  ])('with too few descriptors: %s', (limit, says) => {
    const { status, stdout, stderr } = inShell(`${limit}; exec "$@"`);
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(new RegExp(`^daemon-conformance: ${says}.*\\n$`));
  });

  test('in a directory that was removed', () => {
    const { status, stdout, stderr } = inShell('mkdir gone; cd gone; rmdir ../gone; exec "$@"');
    expect([status, stdout, stderr]).toEqual([
      2,
      '',
      'daemon-conformance: the working directory is gone: go to one that is there\n',
    ]);
  });
});
