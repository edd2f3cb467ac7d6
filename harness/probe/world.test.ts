import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { whyNotIsolated } from '../../suites/programs/why-not-isolated.ts';
import { is } from '../launch/events.ts';
import { beginDeadlineMs, type Launch, startLauncher } from '../launch/launcher-client.ts';
import type { LaunchRequest } from '../launch/protocol.ts';
import { startStates } from '../launch/start-states.ts';
import type { ProbeContext } from './probe-context.ts';
import { withWorld } from './world.ts';

test('what was seen in a world that is over was not found, however its programs ended', async ({ skip }) => {
  const lack = await whyNotIsolated();
  if (lack !== null) skip(lack);
  const launcher = startLauncher();
  onTestFinished(async () => void (await launcher.close()));
  const launch = (more: Partial<LaunchRequest>): Launch =>
    launcher.launch(
      {
        image: { kind: 'execute', path: '/bin/sleep' },
        argv: ['sleep', '1000'],
        environment: [],
        directory: tmpdir(),
        start: startStates.detached,
        isolation: 'full',
        ...more,
      },
      undefined,
    );
  const context = { emptyWorld: () => launch({ empty: true }) } as unknown as ProbeContext;
  const body = async (world: Launch | null): Promise<string> => {
    const stage = world?.events.find(is('stage'));
    if (world === null || stage === undefined) throw new Error('there is no world');
    const inside = launch({ within: world.id });
    await inside.until(is('started', 'lost'), beginDeadlineMs());
    process.kill(stage.pid, 'SIGKILL');
    // The kernel ends who is in the world: the program, by SIGKILL as anybody might have, and its stage.
    await inside.until(is('returned', 'lost'), beginDeadlineMs());
    await inside.end();
    return 'found';
  };
  await expect(withWorld(context, body)).rejects.toThrow('the launch was lost: its stage was killed');
  expect(await withWorld(context, async () => 'found')).toBe('found');
});
