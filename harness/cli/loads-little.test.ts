/** What the command loads of Node: most of the time it takes to start would go there, unseen. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../package-root.ts';

const program = join(packageRoot, 'harness/bin.cjs');
const built = existsSync(join(packageRoot, 'dist/bundle/command.js'));
/** Each takes a tenth to a half of the time in which Node itself starts, for what else they load. */
const dear = ['child_process', 'crypto', 'net', 'dgram', 'stream', 'worker_threads', 'http', 'internal/tty'];

/** Public and other modules of Node that had been loaded when the command ended. */
function loadedBy(words: readonly string[]): readonly string[] {
  const directory = mkdtempSync(join(tmpdir(), 'loads-little-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const [hook, list] = [join(directory, 'hook.cjs'), join(directory, 'list')];
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, process.moduleLoadList.join('\\n')));`,
  );
  // As its first line has it run. To keep what was compiled takes more, once.
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--single-threaded', '-r', hook, program, ...words],
    {
      cwd: directory,
      env: { PATH: process.env.PATH, DAEMON_CONFORMANCE_CODE_CACHE: 'off' },
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const names = readFileSync(list, 'utf8').match(/^NativeModule .*$/gm) ?? [];
  return names.map((name) => name.replace('NativeModule ', ''));
}

describe.skipIf(!built || process.platform !== 'linux')(
  'the built program (needs it built, on Linux)',
  () => {
    const daemon = ['sh', '-c', 'cd /; setsid sleep 1000 >/dev/null 2>&1 </dev/null &'];

    test.each([
      ['a launch', ['--start', 'clean', '--only', 'working-directory', '--quiet', ...daemon]],
      [
        'every probe',
        [
          '--quick',
          '--only',
          'working-directory,terminal-hangup,logout,session-sighup',
          '--quiet',
          ...daemon,
        ],
      ],
    ])('%s loads nothing of Node that takes long', (_, words) => {
      const loaded = loadedBy(words);
      expect(loaded).toContain('fs');
      expect(loaded.filter((name) => dear.includes(name))).toEqual([]);
    });
  },
);
