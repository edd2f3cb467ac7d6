import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../package-root.ts';

const program = join(packageRoot, 'harness/bin.cjs');
const built = existsSync(join(packageRoot, 'dist/bundle/command.js'));

describe.skipIf(!built)('the built program (needs it built)', () => {
  test('Node reads no extra certificates, and the program under test finds the variable as it was', () => {
    const directory = mkdtempSync(join(tmpdir(), 'extra-certificates-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const seen = join(directory, 'seen');
    const script = `env >${seen}`;
    const { stderr } = spawnSync(
      'sh',
      [program, '--quiet', '--isolation', 'none', '--start', 'clean', '--quick', 'sh', '-c', script],
      {
        cwd: directory,
        // Of a file that it cannot read Node says so on standard error.
        env: {
          PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
          NODE_EXTRA_CA_CERTS: '/no such file',
        },
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('');
    const given = readFileSync(seen, 'utf8').split('\n');
    expect(given).toContain('NODE_EXTRA_CA_CERTS=/no such file');
    expect(given.filter((line) => line.startsWith('DAEMON_CONFORMANCE'))).toEqual([]);
  });
});
