/** What is published: how large it is, that its declarations are whole, and that the example of README.md works as it stands. */

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';
import { type Project, projectWithPackage } from './installed.ts';

let project: Project;
beforeAll(() => {
  project = projectWithPackage('vitest');
});
afterAll(() => project[Symbol.dispose]());

const inProject = (file: string, text: string, mode = 0o644): void =>
  writeFileSync(join(project.folder, file), text, { mode });

function run(argv: readonly string[]): { readonly status: number | null; readonly output: string } {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
    cwd: project.folder,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1' },
  });
  return { status, output: stdout + stderr };
}

describe('size', () => {
  // A tenth above what it has: whoever goes beyond that has packed what nobody runs, or says here what for.
  test('is at most 640 kB to be fetched, in at most 185 files', () => {
    const { size, entryCount } = project.packed;
    expect(size).toBeLessThan(640_000);
    expect(entryCount).toBeLessThan(185);
  });

  test('goes to what runs: no sources, tests, fixtures or tools of this repository', () => {
    const paths = project.packed.files.map(({ path }) => path);
    expect(paths).toContain('dist/bundle/command.js');
    const runs =
      /^(?:dist\/(?:bundle|examples|types)|harness\/.*\.(?:cjs|schema\.json)$|man|completions|reports\/[^/]+\/syscalls\.json$)/;
    const others = ['LICENSE', 'README.md', 'package.json'];
    expect(paths.filter((path) => !runs.test(path) && !others.includes(path))).toEqual([]);
    expect(paths.filter((path) => /(?<!\.d)\.m?ts$|\.test\./.test(path))).toEqual([]);
  });
});

const use = `
import { check, compare, inspect, type Report } from 'daemon-conformance';

const signal: AbortSignal | undefined = undefined;
const report: Report = await check(['./mydaemon', '-d'], {
  profile: 'sysv',
  policy: { pidfile: '/run/my.pid' },
  ...(signal === undefined ? {} : { signal }),
});
const one: Report = await inspect({ pid: 1 });
const found = report.probes.pidfile;
export const complete: number | null = found !== undefined && 'complete' in found ? found.complete : null;
export const both = compare([
  { kind: 'check', file: 'a.json', report },
  { kind: 'check', file: 'b.json', report: one },
]);
// @ts-expect-error: a profile that there is not.
check('./mydaemon', { profile: 'systemv' });
`;

describe('declarations', () => {
  const compiler = join(packageRoot, 'node_modules/typescript/bin/tsc');
  const common = { strict: true, noEmit: true, target: 'es2022', lib: ['es2023'] };
  const compile = (options: object, file: string) => {
    const compilerOptions = { ...common, ...options };
    inProject('tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }));
    return run([compiler, '-p', '.']);
  };

  test.each([
    { module: 'node16', moduleResolution: 'node16' },
    { module: 'esnext', moduleResolution: 'bundler' },
  ])('need those of nobody else, with $moduleResolution', (options) => {
    inProject('use.ts', use);
    expect(compile({ ...options, types: [], skipLibCheck: false }, 'use.ts')).toEqual({
      status: 0,
      output: '',
    });
  });

  test('merge with those of Node', () => {
    inProject('use.ts', use.replace('= undefined;', '= AbortSignal.timeout(1);'));
    const options = { module: 'node16', skipLibCheck: false, types: ['node'] };
    const typeRoots = [join(packageRoot, 'node_modules/@types')];
    expect(compile({ ...options, typeRoots }, 'use.ts')).toEqual({ status: 0, output: '' });
  });
});

/** The first one in TypeScript. */
function snippetOf(page: string): string {
  const [, snippet = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(packageRoot, page), 'utf8')) ?? [];
  return snippet;
}

describe('the example of README.md, and that of harness/vitest', () => {
  const snippet = snippetOf('README.md');
  const recipe = join(packageRoot, 'dist/fixtures/recipes/locked-pidfile.js');

  test('works as pasted, however short the limit of a test is, in one file after the other', () => {
    inProject(
      'mydaemon',
      `#!/bin/sh\nexec '${process.execPath}' --single-threaded '${recipe}' "$PWD/\${2:-other.pid}"\n`,
      0o755,
    );
    inProject('mydaemon.test.ts', snippet);
    const longer = snippetOf('harness/vitest/README.md');
    inProject('longer.test.ts', longer);
    inProject('again.test.ts', longer.replace('{ policy:', "{ only: ['session'], policy:"));
    // Files that share a process share what was imported too.
    const options = ['--testTimeout', '1', '--no-isolate', '--no-file-parallelism', '--reporter', 'json'];
    const { status, output } = run(['node_modules/vitest/vitest.mjs', 'run', ...options]);
    expect(status, output).toBe(0);
    expect(output).toContain('"numPassedTests":5');
  });

  test('fails where the pidfile that it declares is none', () => {
    inProject('mydaemon', '#!/bin/sh\nexec setsid -f sleep 60 >/dev/null 2>&1 </dev/null\n', 0o755);
    const only = snippet.replace('{ policy:', "{ only: ['pidfile'], policy:");
    expect(only).not.toBe(snippet);
    inProject('mydaemon.test.ts', only);
    const { status, output } = run([
      'node_modules/vitest/vitest.mjs',
      'run',
      'mydaemon.test.ts',
      '-t',
      'becomes',
    ]);
    expect(status, output).toBe(1);
    expect(output).toContain('FAIL must pidfile');
  });
});
