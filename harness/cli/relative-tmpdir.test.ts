import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

const root = join(__dirname, '../..');

describe.skipIf(!existsSync(join(root, 'dist/harness/cli/start.js')))(
  'the built program (needs it built)',
  () => {
    test('a TMPDIR that is relative is meant from where it was started', () => {
      const directory = mkdtempSync(join(tmpdir(), 'relative-'));
      onTestFinished(() => rmSync(directory, { recursive: true }));
      mkdirSync(join(directory, 'here'));
      const program = ['sh', '-c', 'cd /; sleep 1000 &'];
      const { status, stdout } = spawnSync(
        process.execPath,
        [
          join(root, 'harness/bin.cjs'),
          '--start',
          'clean,hostile',
          '--only',
          'working-directory',
          '-f',
          'json',
          ...program,
        ],
        { cwd: directory, env: { ...process.env, TMPDIR: 'here' }, encoding: 'utf8' },
      );
      const { runs } = JSON.parse(stdout);
      const missing = runs.flatMap(
        ({ established }: { established: Record<string, { established: boolean }> }) =>
          Object.entries(established).flatMap(([name, one]) => (one.established ? [] : [name])),
      );
      expect({ status, missing }).toEqual({ status: 0, missing: [] });
      expect(readdirSync(join(directory, 'here'))).toEqual([]);
    });
  },
);
