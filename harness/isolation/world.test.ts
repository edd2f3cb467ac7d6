import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { beforeAll, expect, test as plainTest } from 'vitest';
import { openCanaries } from '../launch/canary.ts';
import { beginDeadlineMs, type Launch, type Launcher, startLauncher } from '../launch/launcher-client.ts';
import { ownPid, placeOf } from '../launch/place-of.ts';
import type { LaunchRequest, StageEvent } from '../launch/protocol.ts';
import { removeTree } from '../launch/remove-tree.ts';
import { startStates } from '../launch/start-states.ts';

type Event<T extends StageEvent['type']> = Extract<StageEvent, { type: T }>;
const is =
  <T extends StageEvent['type']>(...types: readonly T[]) =>
  (event: StageEvent): event is Event<T> =>
    (types as readonly string[]).includes(event.type);

async function whyNot(): Promise<string | null> {
  const launcher = startLauncher();
  try {
    const reading = await openCanaries(launcher).read(startStates.clean, {
      directory: '/',
      environment: {},
      isolation: 'auto',
      signal: undefined,
    });
    return reading.isIsolated ? null : (reading.notIsolated ?? 'no launch has a world of its own here');
  } finally {
    await launcher.close();
  }
}

let lack: string | null = null;
beforeAll(async () => {
  lack = process.platform === 'linux' ? await whyNot() : 'there are no namespaces here';
});

const test = (title: string, body: (launcher: Launcher) => Promise<void>): void =>
  plainTest(title, async ({ skip }) => {
    if (lack !== null) skip(lack);
    const launcher = startLauncher();
    try {
      await body(launcher);
    } finally {
      await launcher.close();
    }
  });

function launchShell(launcher: Launcher, script: string, more: Partial<LaunchRequest> = {}): Launch {
  return launcher.launch(
    {
      image: { kind: 'execute', path: '/bin/sh' },
      argv: ['sh', '-c', script],
      environment: [`PATH=${process.env.PATH}`],
      directory: tmpdir(),
      start: startStates.captured,
      isolation: 'full',
      ...more,
    },
    undefined,
  );
}

/** What the shell wrote until it ended. */
async function outputOf(launch: Launch): Promise<string> {
  await launch.until(is('returned', 'not-started', 'lost'), beginDeadlineMs());
  for (const stream of ['stdout', 'stderr']) {
    await launch.until(
      (event): event is Event<'output-closed' | 'lost'> =>
        event.type === 'lost' || (event.type === 'output-closed' && event.stream === stream),
      beginDeadlineMs(),
    );
  }
  return launch.events
    .filter(is('output'))
    .map(({ base64 }) => Buffer.from(base64, 'base64').toString('utf8'))
    .join('');
}

async function running(launch: Launch): Promise<{ readonly stage: number; readonly program: number }> {
  const stage = await launch.until(is('stage', 'lost'), beginDeadlineMs());
  const started = await launch.until(is('started', 'not-started', 'lost'), beginDeadlineMs());
  if (stage?.type !== 'stage' || started?.type !== 'started') throw new Error('it was not launched');
  return { stage: stage.pid, program: started.pid };
}

test('a program is a child of process 1, and the IDs that are told of it are those outside', async (launcher) => {
  const launch = launchShell(launcher, 'echo $$ $PPID; exit 3');
  const { program } = await running(launch);
  expect(await outputOf(launch)).toBe('2 1\n');
  const returned = launch.events.find(is('returned'));
  expect(returned).toMatchObject({ pid: program, exitCode: 3 });
  expect(program).toBeGreaterThan(2);
  await launch.end();
});

test('what it writes is seen in its world and nowhere else, and gone with it', async (launcher) => {
  const name = join(tmpdir(), `world-${randomUUID()}`);
  const launch = launchShell(launcher, `echo $$ >${name}; exec sleep 1000 >/dev/null 2>&1`);
  const { program } = await running(launch);
  const place = placeOf(launch, name);
  await expect.poll(() => existsSync(place) && readFileSync(place, 'utf8')).toBe('2\n');
  expect(ownPid(launch, { pid: program })).toBe(2);
  expect(existsSync(name)).toBe(false);
  await launch.end();
  expect(existsSync(name)).toBe(false);
});

test('a directory shows what is in it outside, with the same owner and mode', async (launcher) => {
  const directory = mkdtempSync(join(tmpdir(), 'world-'));
  try {
    const look = 'stat -c "%a %u %g %F" / /etc /tmp /dev/null "$PWD"; ls -A /etc | wc -l; id';
    const inside = await outputOf(launchShell(launcher, look, { directory }));
    const outside = await outputOf(launchShell(launcher, look, { directory, isolation: 'none' }));
    // Without privileges a directory of somebody else is shown with what it permits.
    if (process.geteuid?.() === 0) expect(inside).toBe(outside);
    else expect(inside.split('\n').slice(-3)).toEqual(outside.split('\n').slice(-3));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('a signal to everybody reaches nobody outside, and ends the launch for nobody else', async (launcher) => {
  const other = launchShell(launcher, 'exec sleep 1000');
  const { program } = await running(other);
  const launch = launchShell(launcher, 'sleep 1000 & kill -KILL -1; echo still there');
  expect(await outputOf(launch)).toBe('still there\n');
  expect(existsSync(`/proc/${program}`)).toBe(true);
  await launch.end();
  await other.end();
});

test('two of them listen at the same port of the same address', async (launcher) => {
  const script = `exec node -e '
    require("node:net").createServer().listen(17007, "127.0.0.1", () => console.log("listens"))
      .on("error", (error) => console.log(error.code));
  '`;
  const environment = [`PATH=${dirname(process.execPath)}:${process.env.PATH}`];
  const both = [1, 2].map(() => launchShell(launcher, script, { environment }));
  const heard = both.map((launch) => launch.until(is('output', 'lost'), beginDeadlineMs()));
  for (const event of await Promise.all(heard)) {
    expect(event?.type === 'output' && Buffer.from(event.base64, 'base64').toString()).toBe('listens\n');
  }
  await Promise.all(both.map((launch) => launch.end()));
});

test('a second program is launched in the world of a first, and sees its files and processes', async (launcher) => {
  const name = join(tmpdir(), `world-${randomUUID()}`);
  const first = launchShell(launcher, `echo here >${name}; echo done; exec sleep 1000`);
  await first.until(is('output', 'lost'), beginDeadlineMs());
  const second = launchShell(launcher, `cat ${name}; kill -0 2 && echo alive`, { within: first.id });
  expect(await outputOf(second)).toBe('here\nalive\n');
  await second.end();
  await first.end();
});

test('an empty world is there for what is put into it beforehand', async (launcher) => {
  const world = launchShell(launcher, '', { empty: true });
  await world.until(is('stage', 'lost'), beginDeadlineMs());
  const inside = launchShell(launcher, 'echo $$', { within: world.id });
  expect(Number(await outputOf(inside))).toBeGreaterThan(1);
  await inside.end();
  await world.end();
});

test('when its stage is killed nothing of a launch is left', async (launcher) => {
  const script = 'setsid sh -c "trap : TERM HUP INT; (sleep 1000 & sleep 1000) & wait" & sleep 1000';
  const launch = launchShell(launcher, script);
  const { stage, program } = await running(launch);
  const namespace = join('/proc', String(program), 'ns/pid');
  expect(existsSync(namespace)).toBe(true);
  process.kill(stage, 'SIGKILL');
  await launch.until(is('lost', 'over'), beginDeadlineMs());
  expect(existsSync(`/proc/${program}`)).toBe(false);
  const left = readdirSync('/proc').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('trap : TERM HUP INT');
    } catch {
      return false;
    }
  });
  expect(left).toEqual([]);
});

// Node's mkdirSync() with `recursive` tries for ever where a directory exists and nothing can be made in it.
test('in a world whose directory of the run was removed meanwhile a launch is lost, and ends', async (launcher) => {
  const world = launchShell(launcher, '', { empty: true });
  await outputOf(launchShell(launcher, 'echo $$', { within: world.id }));
  const own = await launcher.scratchDirectory(undefined);
  if (own === null) throw new Error('there is no directory of the run');
  // A stage in waiting may make it anew: in this world it is a removed one all the same.
  while (removeTree(tmpdir(), basename(dirname(own))).length > 0);
  const inside = launchShell(launcher, 'echo $$', { within: world.id });
  const lost = await inside.until(is('started', 'lost'), beginDeadlineMs());
  expect(lost).toMatchObject({ type: 'lost', because: expect.stringContaining('ENOENT') });
  await world.end();
  const late = launchShell(launcher, 'echo $$', { within: world.id });
  // By whoever sees it first, in other words: the launcher that its stage has ended, or a stage that the world has.
  expect((await late.until(is('started', 'lost'), beginDeadlineMs()))?.type).toBe('lost');
});

test('names that are not to be there are taken away inside, and stay outside', async (launcher) => {
  const directory = mkdtempSync(join(tmpdir(), 'world-'));
  const file = join(directory, 'x.pid');
  try {
    writeFileSync(file, '1\n');
    const launch = launchShell(launcher, `ls -A ${directory}; echo end`, { absent: [file] });
    expect(await outputOf(launch)).toBe('end\n');
    expect(readFileSync(file, 'utf8')).toBe('1\n');
    await launch.end();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('sixty-four at once have a world each', async (launcher) => {
  const launches = Array.from({ length: 64 }, () => launchShell(launcher, 'echo $$ $PPID'));
  const said = await Promise.all(launches.map(outputOf));
  expect(new Set(said)).toEqual(new Set(['2 1\n']));
  await Promise.all(launches.map((launch) => launch.end()));
});

test('a world that is kept goes on, and ends with its last process', async (launcher) => {
  const launch = launchShell(launcher, 'exec sleep 1000');
  const { stage, program } = await running(launch);
  await launch.end({ keep: true });
  const over = launch.events.find(is('over'));
  expect(over?.left).toEqual([
    { pid: program, because: `left running as asked, in a world that nsenter -t ${stage} -a enters` },
  ]);
  await launcher.close();
  expect(existsSync(`/proc/${program}`)).toBe(true);
  process.kill(program, 'SIGKILL');
  await expect.poll(() => existsSync(`/proc/${stage}`)).toBe(false);
});
