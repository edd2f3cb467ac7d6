import { expect, test } from 'vitest';
import { unavailable } from '../facts/finding.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { startStates } from '../launch/start-states.ts';
import { inJointStart } from './joint-start.ts';
import type { LaunchOptions, ProbeContext } from './probe-context.ts';

const launch = {} as Launch;

function openContext(more: Partial<ProbeContext> = {}) {
  const launched: LaunchOptions[] = [];
  const context = {
    plainStart: startStates.clean,
    declared: { foreground: false },
    emptyWorld: () => launch,
    inTurn: <T>(body: () => Promise<T>) => Promise.resolve().then(body),
    launched: async <T>(options: LaunchOptions, body: (launch: Launch) => Promise<T>) => {
      launched.push(options);
      return body(launch);
    },
    ...more,
  } as unknown as ProbeContext;
  return { context, launched };
}

const ask = (context: ProbeContext, name: string, isWell = true) =>
  inJointStart(context, {
    ...(name === 'environment' ? { environment: [] } : { start: { alarmMs: 20 } }),
    body: async () => ({ found: `${name} together`, isWell }),
    alone: async () => `${name} alone`,
  });

test('one launch with all of the changes shows what each of them asks', async () => {
  const { context, launched } = openContext();
  const found = [ask(context, 'alarm'), ask(context, 'environment')];
  expect(await Promise.all(found)).toEqual(['alarm together', 'environment together']);
  expect(launched).toEqual([{ start: { ...startStates.clean, alarmMs: 20 }, restsOn: [], environment: [] }]);
});

test('where something is amiss for one of them, each is asked alone', async () => {
  const { context } = openContext();
  const found = [ask(context, 'alarm'), ask(context, 'environment', false)];
  expect(await Promise.all(found)).toEqual(['alarm alone', 'environment alone']);
});

test('one alone, one that comes late, a program that stays and one outside of worlds are asked alone', async () => {
  const { context, launched } = openContext();
  expect(await ask(context, 'alarm')).toBe('alarm alone');
  expect(await ask(context, 'environment')).toBe('environment alone');
  for (const more of [{ emptyWorld: null }, { declared: { foreground: true } as ProbeContext['declared'] }]) {
    const other = openContext(more);
    const found = [ask(other.context, 'alarm'), ask(other.context, 'environment')];
    expect(await Promise.all(found)).toEqual(['alarm alone', 'environment alone']);
  }
  expect(launched).toEqual([]);
});

test('what keeps the launch from being made, or an error, keeps nobody from being asked alone', async () => {
  const failing = openContext({ launched: async () => unavailable('no launch') });
  const found = [ask(failing.context, 'alarm'), ask(failing.context, 'environment')];
  expect(await Promise.all(found)).toEqual(['alarm alone', 'environment alone']);
  const broken = openContext({ launched: () => Promise.reject(new Error('broken')) });
  const told = await Promise.allSettled([ask(broken.context, 'alarm'), ask(broken.context, 'environment')]);
  expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
