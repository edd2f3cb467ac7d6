/** The examples of reports/ci, run as whoever copies them would: each with its tool, on a program that conforms and one that does not. */

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';
import { needs } from '../pace/needs.ts';

interface Ecosystem {
  /** Its folder below reports/ci, the tools it needs, and the commands a person types there. */
  readonly name: string;
  readonly tools: readonly string[];
  readonly commands: string;
  /** The source is a file of the project, and not a program beside it. */
  readonly compiles?: boolean;
}

const ecosystems: readonly Ecosystem[] = [
  { name: 'make', tools: ['make'], commands: 'make check DAEMON_CONFORMANCE=daemon-conformance' },
  {
    name: 'ctest',
    tools: ['cmake', 'ctest', 'make'],
    commands: "cmake -G 'Unix Makefiles' -B build . && cmake --build build && ctest --test-dir build",
    compiles: true,
  },
  {
    name: 'meson',
    tools: ['meson', 'ninja'],
    commands: 'meson setup build && meson test -C build',
    compiles: true,
  },
  {
    name: 'automake',
    tools: ['autoreconf', 'automake', 'make'],
    commands: 'autoreconf -i && ./configure && make check',
    compiles: true,
  },
  { name: 'cargo', tools: ['cargo'], commands: 'cargo test --offline' },
  { name: 'go', tools: ['go'], commands: 'go test ./...' },
  { name: 'pytest', tools: ['pytest'], commands: 'pytest -p no:cacheprovider' },
  { name: 'bats', tools: ['bats'], commands: 'bats .' },
  { name: 'prove', tools: ['prove'], commands: 'prove conformance.t' },
];

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ecosystems-'));
  // As `npm install -g` puts it into PATH.
  writeFileSync(
    join(directory, 'daemon-conformance'),
    `#!/bin/sh\nexec '${join(packageRoot, 'harness/bin.cjs')}' "$@"\n`,
  );
  chmodSync(join(directory, 'daemon-conformance'), 0o755);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function lacking(tools: readonly string[]): string | null {
  const absent = tools.filter(
    (tool) =>
      spawnSync(tool, ['--version']).error !== undefined && spawnSync(tool, ['version']).error !== undefined,
  );
  return absent.length === 0 ? null : `${absent.join(', ')} is not installed`;
}

/** The program of the examples, or one that never leaves the foreground in its place. */
const stays = '#include <unistd.h>\nint main(void) { for (;;) pause(); }\n';

function run({ name, commands, compiles = false }: Ecosystem, source: string | null) {
  const copy = mkdtempSync(join(directory, `${name}-`));
  cpSync(join(packageRoot, 'reports/ci'), copy, { recursive: true });
  const file = join(copy, 'exampled/exampled.c');
  if (source !== null) writeFileSync(file, source);
  execFileSync('gcc', ['-o', join(copy, 'exampled/exampled'), file]);
  if (compiles) copyFileSync(file, join(copy, name, 'exampled.c'));
  return spawnSync('sh', ['-c', commands], {
    cwd: join(copy, name),
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${directory}:${process.env.PATH}`,
      // How long one that stays is waited for is not what is tried here.
      DAEMON_CONFORMANCE_OPTS:
        source === null ? '--quick' : '--only starter-return --timeout 1s --start clean',
    },
  });
}

describe.each(ecosystems)('$name', (ecosystem) => {
  needs(lacking(['gcc', ...ecosystem.tools]));

  test('holds for a program that conforms', () => {
    const { status, stdout, stderr } = run(ecosystem, null);
    expect(status, `${stdout}${stderr}`).toBe(0);
  });

  test('fails for one that does not', () => {
    expect(run(ecosystem, stays).status).not.toBe(0);
  });
});
