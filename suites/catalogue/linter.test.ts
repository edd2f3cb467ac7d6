import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';

const rule = 'no-proc.grit';

interface Override {
  readonly includes: readonly string[];
  readonly plugins?: readonly string[];
}

test('the rule against /proc is in force but for the Linux halves that are named', () => {
  const { overrides } = JSON.parse(readFileSync(join(packageRoot, 'biome.json'), 'utf8')) as {
    readonly overrides: readonly Override[];
  };
  const includes = overrides.find(({ plugins }) => plugins?.includes(`./${rule}`))?.includes ?? [];
  expect(includes).toEqual(
    expect.arrayContaining(['harness/**', 'suites/requirements/**', 'suites/syscalls/**']),
  );
  expect(includes.filter((one) => /harness\/(?:probe|follow|judge|check)/.test(one))).toEqual([]);
});

test('it refuses the name of a file of /proc, and no other word', ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'linter-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  copyFileSync(join(packageRoot, rule), join(folder, rule));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ root: true, plugins: [`./${rule}`] }));
  const isTaken = (expression: string): boolean => {
    writeFileSync(join(folder, 'one.ts'), `export const path = (pid: number) => [pid, ${expression}];\n`);
    return (
      spawnSync(join(packageRoot, 'node_modules/.bin/biome'), ['lint', 'one.ts'], { cwd: folder }).status ===
      0
    );
  };
  expect(isTaken("'/proc/self/fd'")).toBe(false);
  expect(isTaken("'/proc'")).toBe(false);
  expect(isTaken(['`/proc/', '{pid}/stat`'].join('$'))).toBe(false);
  expect(isTaken("'/procession'")).toBe(true);
  expect(isTaken("'what /proc/self/fd holds'")).toBe(true);
});
