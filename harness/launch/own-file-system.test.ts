import { expect, onTestFinished, test } from 'vitest';
import { is } from './events.ts';
import { beginDeadlineMs, startLauncher } from './launcher-client.ts';
import { startStates } from './start-states.ts';

const isRoot = process.platform === 'linux' && process.geteuid?.() === 0;

test.skipIf(!isRoot).each(['none', 'auto'] as const)(
  'a program whose directory is on a file system of its own knows the name of its terminal (isolation %s)',
  async (isolation) => {
    const launcher = startLauncher();
    onTestFinished(async () => void (await launcher.close()));
    const launch = launcher.launch(
      {
        image: { kind: 'execute', path: '/bin/sh' },
        argv: ['sh', '-c', 'readlink /proc/self/fd/0; stat -f -c %T .'],
        environment: [`PATH=${process.env.PATH}`],
        directory: '/',
        start: { ...startStates.clean, freshDirectory: true, ownFileSystem: true },
        isolation,
      },
      undefined,
    );
    await launch.until(is('returned', 'lost', 'not-started'), beginDeadlineMs());
    await launch.end();
    const pieces = launch.events.filter(is('output')).map(({ base64 }) => Buffer.from(base64, 'base64'));
    expect(Buffer.concat(pieces).toString()).toMatch(/^\/dev\/pts\/\d+\s+tmpfs\s+$/);
  },
);
