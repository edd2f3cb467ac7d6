import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { unavailable } from '../facts/finding.ts';
import { requireStage } from '../follow/stage-lost.ts';
import { beginDeadlineMs, type Launch, startLauncher } from '../launch/launcher-client.ts';
import { isStageNews } from '../launch/place-of.ts';
import { startStates } from '../launch/start-states.ts';
import { asUnavailable } from './as-unavailable.ts';
import { inCompany, type Joining } from './in-company.ts';
import type { LaunchOptions, ProbeContext, SettledLaunch } from './probe-context.ts';

const joining: Joining = { start: startStates.captured, restsOn: [] };

/** A context that launches sleep(1), and counts. */
function openContext() {
  const launcher = startLauncher();
  onTestFinished(async () => void (await launcher.close()));
  const launched: LaunchOptions[] = [];
  const settled = async <T>(options: LaunchOptions, body: (settled: SettledLaunch) => Promise<T>) => {
    const launch: Launch = launcher.launch(
      {
        image: { kind: 'execute', path: '/bin/sleep' },
        argv: ['sleep', '1000'],
        environment: [],
        directory: tmpdir(),
        start: options.start,
      },
      undefined,
    );
    launched.push(options);
    try {
      await launch.until(isStageNews, beginDeadlineMs());
      const found = await body({ launch } as SettledLaunch);
      await launch.end();
      await requireStage(launch);
      return found;
    } catch (error) {
      return asUnavailable(error);
    } finally {
      await launch.end();
    }
  };
  const context = {
    plainStart: startStates.clean,
    emptyWorld: () => launcher.launch,
    inTurn: <T>(body: () => Promise<T>) => Promise.resolve().then(body),
    lacking: async ({ restsOn }: Joining) => (restsOn.length > 0 ? unavailable('no such start') : null),
    settled,
  } as unknown as ProbeContext;
  return { context, launched };
}

const look = (context: ProbeContext, seen: Launch[], untouched = true, more: Partial<Joining> = {}) =>
  inCompany(context, { ...joining, ...more }, async ({ launch }) => {
    seen.push(launch);
    return { found: seen.length, untouched };
  });

test('all try the same launch, in the order in which they asked', async () => {
  const { context, launched } = openContext();
  const seen: Launch[] = [];
  const prompt = { kind: 'prompt', text: '' } as const;
  const found = [
    look(context, seen),
    look(context, seen, true, { whenReturned: [prompt] }),
    look(context, seen),
  ];
  expect(await Promise.all(found)).toEqual([1, 2, 3]);
  expect(new Set(seen).size).toBe(1);
  expect(launched).toEqual([{ ...joining, whenReturned: [prompt], orStanding: false }]);
});

test('after one that reached the daemon each of the others has a launch of its own', async () => {
  const { context, launched } = openContext();
  const seen: Launch[] = [];
  const found = [look(context, seen), look(context, seen, false), look(context, seen), look(context, seen)];
  await Promise.all(found);
  expect(seen[0]).toBe(seen[1]);
  expect(new Set(seen).size).toBe(3);
  expect(launched.length).toBe(3);
});

test('who would disturb the others, starts otherwise or comes late has a launch of its own', async () => {
  const { context, launched } = openContext();
  const seen: Launch[] = [];
  const plain = [look(context, seen), look(context, seen)];
  const other = [
    look(context, seen, true, { alone: true }),
    look(context, seen, true, { start: startStates.closed }),
  ];
  await Promise.all([...plain, ...other]);
  await look(context, seen);
  expect(launched.length).toBe(4);
  // The launch of the baseline run would do as well: nothing is done when the starter returns.
  expect(launched.map(({ orStanding }) => orStanding)).toEqual([true, true, true, true]);
});

test('who starts plainly goes together, with what each of them wants of that start', async () => {
  const { context, launched } = openContext();
  const seen: Launch[] = [];
  const start = startStates.clean;
  await Promise.all([
    look(context, seen, true, { start }),
    look(context, seen, true, { start: { ...start, foregroundKept: true } }),
    look(context, seen, true, { start: { ...start, ownFileSystem: true } }),
    look(context, seen, true, { start: { ...start, nice: 5 } }),
  ]);
  expect(launched.map((each) => each.start)).toEqual([
    { ...start, foregroundKept: true },
    { ...start, nice: 5 },
  ]);
  await look(context, seen, true, { start: { ...start, foregroundKept: true }, alone: true });
  expect(launched.at(-1)?.start).toEqual({ ...start, foregroundKept: true });
});

test('what one rests on and is not there, and an error of one, are no matter of the others', async () => {
  const { context } = openContext();
  const seen: Launch[] = [];
  const lacking = look(context, seen, true, { restsOn: ['terminal'] });
  const first = look(context, seen);
  const failing = inCompany(context, joining, () => Promise.reject(new Error('broken')));
  const [found] = await Promise.all([lacking, first, expect(failing).rejects.toThrow('broken')]);
  expect(found).toEqual(unavailable('no such start'));
  expect(await look(context, seen)).toBe(2);
});

test('of a launch that was lost nothing is found, and the others have their own', async () => {
  const { context } = openContext();
  const seen: Launch[] = [];
  const lost = inCompany(context, joining, async ({ launch }) => {
    const stage = launch.events.find((event) => event.type === 'stage');
    if (stage?.type === 'stage') process.kill(stage.pid, 'SIGKILL');
    return { found: 'found', untouched: true };
  });
  const other = look(context, seen);
  expect(await lost).toMatchObject({ kind: 'unavailable', unavailable: expect.stringContaining('lost') });
  // What it saw together with that one it has to see again.
  expect(await other).toBe(2);
  expect(new Set(seen).size).toBe(2);
});
