import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { engine } from './engine.ts';

const compiled = join(packageRoot, 'dist/harness/libc/engine.js');

/** DAEMON_CONFORMANCE_BUN names the binary, of the npm package @oven/bun-linux-x64 for instance. */
const bun = process.env.DAEMON_CONFORMANCE_BUN ?? 'bun';
const hasBun = spawnSync(bun, ['--version']).status === 0;

test('Node forks by its own option, and needs no variables', () => {
  expect(engine).toEqual({ name: 'Node.js', version: process.versions.node, environment: {} });
});

test.skipIf(!hasBun)('Bun is told by its version, and given what a fork needs (bun is not in PATH)', () => {
  const { stdout } = spawnSync(bun, ['-p', `JSON.stringify(require(${JSON.stringify(compiled)}).engine)`], {
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout)).toMatchObject({
    name: 'Bun',
    environment: {
      BUN_JSC_useConcurrentGC: '0',
      BUN_JSC_useConcurrentJIT: '0',
      BUN_JSC_numberOfGCMarkers: '1',
    },
  });
});

/** The runner is asked through a pipe that has to stay open. */
function outputOfRunner(request: object): Promise<string> {
  const runner = join(packageRoot, 'dist/suites/syscalls/run/runner.js');
  const child = spawn(bun, ['--single-threaded', runner, JSON.stringify(request)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('error', reject).once('close', () => resolve(output));
  });
}

test.skipIf(!hasBun)('under Bun promises can be tried as under Node (bun is not in PATH)', async () => {
  const only = ['fork', 'setsid', 'exec'];
  const request = {
    folder: null,
    only,
    libcPath: null,
    deadlineMs: Math.round(20_000 * inject('pace').slowness),
    workers: 2,
  };
  const types = (await outputOfRunner(request)).split('\n').flatMap((line) => {
    const message =
      line === '' ? null : (JSON.parse(line) as { type: string; observation?: { type: string } });
    return message?.type === 'observed' ? [message.observation?.type] : [];
  });
  expect(types.length).toBeGreaterThan(40);
  expect(types.filter((type) => type === 'unresolved')).toEqual([]);
});
