/** The exit status says what the program is, whatever has become of standard output and standard error. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

const root = join(__dirname, '../..');
const built = existsSync(join(root, 'dist/harness/cli/command.js')) && existsSync('/dev/full');
const conforms = "--start clean --only working-directory sh -c 'cd /; sleep 1000 &'";
const doesNotConform = "--start clean --only working-directory sh -c 'sleep 1000 &'";

/** A command line of a shell; `dc` is the built program. */
function run(line: string): { readonly status: number | null; readonly said: string; readonly out: string } {
  const dc = `'${process.execPath}' harness/bin.cjs`;
  const { status, stderr, stdout } = spawnSync('sh', ['-c', line.replace('dc', dc)], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, said: stderr, out: stdout };
}

const statusOf = (line: string): number | null => run(line).status;

describe.skipIf(!built)('the built program (needs it built, and /dev/full)', () => {
  test('a standard error that cannot be written changes nothing', () => {
    expect(statusOf('dc /nonexist 2>/dev/full')).toBe(2);
    expect(statusOf(`dc ${conforms} 2>/dev/full`)).toBe(0);
    expect(statusOf(`dc ${doesNotConform} 2>/dev/full`)).toBe(1);
    expect(statusOf('dc --help 2>/dev/full')).toBe(0);
    expect(statusOf('dc list 2>&-')).toBe(0);
  });

  test('a report that cannot be written is told in one line, and the status is 3', () => {
    const said = 'daemon-conformance: standard output: ENOSPC: no space left on device, write\n';
    expect(run(`dc ${conforms} >/dev/full`)).toEqual({ status: 3, said, out: '' });
    expect(run(`dc ${doesNotConform} >/dev/full`)).toEqual({ status: 3, said, out: '' });
    expect(run('dc list >/dev/full')).toEqual({ status: 3, said, out: '' });
    expect(statusOf(`dc ${conforms} >/dev/full 2>/dev/full`)).toBe(3);
    expect(statusOf(`dc -f json=/dev/stderr ${conforms} 2>/dev/full`)).toBe(3);
  });

  test('one report that cannot be written costs the others nothing', () => {
    const directory = mkdtempSync(join(tmpdir(), 'broken-streams-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'report.json');
    expect(statusOf(`dc -f json=${file} ${conforms} >/dev/full`)).toBe(3);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ verdict: 'conforms' });
  });

  test('where no file may grow, setrlimit(2), the status is the same', () => {
    const directory = mkdtempSync(join(tmpdir(), 'broken-streams-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'file');
    expect(statusOf(`ulimit -f 0; dc /nonexist 2>${file}`)).toBe(2);
    expect(statusOf(`ulimit -f 0; dc list >${file} 2>${file}`)).toBe(3);
    expect(run(`ulimit -f 0; dc list >${file}`)).toEqual({
      status: 3,
      said: 'daemon-conformance: standard output: EFBIG: file too large, write\n',
      out: '',
    });
  });
});
