/** `--help` and `--version` of the built program, which harness/bin.cjs tells before anything is loaded. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { help } from '../options/help.ts';
import { packageRoot, packageVersion } from '../package-root.ts';

const program = join(packageRoot, 'harness/bin.cjs');
const built = existsSync(join(packageRoot, 'dist/bundle/help.txt'));

function run(
  words: readonly string[],
  options = '',
): { readonly status: number | null; readonly out: string } {
  const env = { ...process.env, DAEMON_CONFORMANCE_OPTS: options };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    encoding: 'utf8',
    env,
  });
  return { status, out: stdout + stderr };
}

const shell = (line: string) =>
  spawnSync('sh', ['-c', line, 'sh', process.execPath, program], { encoding: 'utf8' });

describe.skipIf(!built)('the built program (needs it built)', () => {
  test.each(['--help', '-h', 'help'])('%s tells what the table of options says', (word) => {
    expect(run([word])).toEqual({ status: 0, out: help });
    expect(run([word], '--quiet')).toEqual({ status: 0, out: help });
  });

  test.each(['--version', '-V'])('%s tells the version of the package', (word) => {
    const out = `daemon-conformance ${packageVersion()}\n`;
    expect(run([word])).toEqual({ status: 0, out });
    expect(run([word], '--quiet')).toEqual({ status: 0, out });
  });

  test('the options of the environment are judged before either', () => {
    const { status, out } = run(['--help'], '--nonsense');
    expect(status).toBe(2);
    expect(out).toContain('DAEMON_CONFORMANCE_OPTS: there is no option --nonsense');
  });

  test('a reader that is gone costs nothing, and a full disk is told', () => {
    const gone = shell(
      `trap '' PIPE; { while echo; do :; done 2>/dev/null; "$1" "$2" --help; echo "status $?" >&2; } | true`,
    );
    expect(gone.stderr).toBe('status 0\n');
    const full = shell('"$1" "$2" --version >/dev/full');
    expect(full.status).toBe(3);
    expect(full.stderr).toBe('daemon-conformance: standard output: ENOSPC: no space left on device, write\n');
  });

  test.skipIf(process.platform !== 'linux')(
    'a full pipe that does not wait is given the rest when it takes more',
    () => {
      const full = shell(
        `"$1" -e "
        const { spawn } = require('node:child_process');
        const koffi = require('koffi');
        const libc = koffi.load(null);
        const pipe = Buffer.alloc(8);
        libc.func('int pipe2(_Out_ void *, int)')(pipe, 0o4000);
        const [from, to] = [pipe.readInt32LE(0), pipe.readInt32LE(4)];
        const fcntl = libc.func('int fcntl(int, int, int)');
        fcntl(to, 1031, 4096);
        // F_SETFL: the reader waits.
        fcntl(from, 4, 0);
        const { createReadStream, readSync, closeSync } = require('node:fs');
        const size = Buffer.alloc(4);
        const ioctl = libc.func('int ioctl(int, unsigned long, _Out_ void *)');
        const child = spawn(process.execPath, [process.argv[1], '--help'], { stdio: ['ignore', to, 'inherit'] });
        closeSync(to);
        const take = () => {
          ioctl(from, 0x541b, size);
          if (size.readInt32LE() < 4096) return void setTimeout(take, 1);
          const piece = Buffer.alloc(4096);
          process.stdout.write(piece.subarray(0, readSync(from, piece)));
          createReadStream('', { fd: from }).pipe(process.stdout);
        };
        take();
      " "$2"`,
      );
      expect(full).toMatchObject({ stdout: help, stderr: '', status: 0 });
    },
  );
});
