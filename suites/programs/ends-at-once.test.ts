import { tmpdir } from 'node:os';
import { afterAll, expect, inject, test } from 'vitest';
import { openChecker } from '../../harness/index.ts';

const checker = openChecker();
afterAll(() => checker.close());

const commands = ['exit 3', 'sleep 0.01; exit 3', 'kill -TERM $$'];

// Nothing is left of it before the word of its end has come: that must not be taken for one that stays.
test.each(commands)('%s does not stay in the foreground, whenever it is looked for', async (command) => {
  for (let i = 0; i < 5; i++) {
    const { results, runs, verdict } = await checker.check({
      profile: 'supervised',
      overrides: {},
      only: ['foreground'],
      skip: [],
      strict: false,
      expectedFailures: {},
      argv: ['sh', '-c', command],
      path: '/bin/sh',
      image: { kind: 'execute', path: '/bin/sh' },
      cwd: tmpdir(),
      env: { PATH: '/usr/bin:/bin' },
      starts: ['supervised', 'clean', 'hostile'],
      timeoutMs: 5_000 * inject('pace').slowness,
      keep: false,
    });
    const [foreground] = results;
    expect(foreground?.starts).toEqual({ supervised: 'fail', clean: 'fail', hostile: 'fail' });
    expect(verdict).toBe('does-not-conform');
    for (const { starter } of runs) expect(starter.returnedAfterMs).not.toBeNull();
  }
});
