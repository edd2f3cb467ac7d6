import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StartName } from '../facts/start-state.ts';
import type { Launcher } from './launcher-client.ts';
import { startLauncher } from './launcher-client.ts';
import type { StageEvent } from './protocol.ts';
import { startStates } from './start-states.ts';

/** Processes that have the token in their environment: the programs launched with it, whatever became of them. */
function marked(token: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(token);
      } catch {
        // Ended in the meantime, or another user's.
        return false;
      }
    })
    .map(Number);
}

const isStarted = (event: StageEvent): event is StageEvent =>
  event.type === 'started' || event.type === 'not-started' || event.type === 'lost';
const isOver = (event: StageEvent): event is StageEvent => event.type === 'over' || event.type === 'lost';

function launchShell(launcher: Launcher, script: string, token: string, start: StartName = 'clean') {
  return launcher.launch({
    image: { kind: 'execute', path: '/bin/sh' },
    argv: ['sh', '-c', script],
    environment: [`PATH=${process.env.PATH}`, `TOKEN=${token}`],
    directory: tmpdir(),
    keepDirectory: false,
    start: startStates[start],
  });
}

async function withLauncher(body: (launcher: Launcher) => Promise<void>): Promise<void> {
  const launcher = startLauncher();
  try {
    await body(launcher);
  } finally {
    await launcher.close();
  }
}

const programs: Readonly<Record<string, string>> = {
  'stays in the foreground': 'sleep 1000',
  'ignores SIGTERM, SIGINT and SIGHUP': 'trap "" TERM INT HUP; sleep 1000 & wait',
  'stops itself': 'kill -STOP $$',
  'leaves a background job': 'sleep 1000 &',
  'leaves a job in its own session': 'setsid -f sleep 1000',
  'starts new processes without end': '(while :; do sleep 0.01 & done) & exit 0',
  'refuses to be a child for long': '(f() { (sleep 0.005; f) & }; f) & exit 0',
  'writes without end': 'while :; do echo xxxxxxxxxxxxxxxxxxxxxxxx; done',
  'closes everything': 'exec 0<&- 1>&- 2>&-; exec 3>&- 4>&- 17>&- 19>&-; sleep 1000 & sleep 1000',
};

for (const [what, script] of Object.entries(programs)) {
  test(`a program that ${what} is gone when its launch has been ended`, async () => {
    const token = randomUUID();
    await withLauncher(async (launcher) => {
      const launch = launchShell(launcher, script, token, 'hostile');
      await launch.until(isStarted);
      await launch.end();
      expect(launch.events.find(isOver)).toEqual({ launch: launch.id, type: 'over', left: [] });
      expect(marked(token)).toEqual([]);
    });
  });
}

test('a program whose launch is ended can remove what it keeps elsewhere', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'keeps-elsewhere-'));
  const script = 'trap "rm kept; exit" TERM; : >kept; echo there; sleep 1000 & wait';
  try {
    await withLauncher(async (launcher) => {
      const launch = launchShell(launcher, `cd ${directory}; ${script}`, randomUUID(), 'captured');
      await launch.until((event): event is StageEvent => event.type === 'output');
      expect(readdirSync(directory)).toEqual(['kept']);
      await launch.end();
    });
    expect(readdirSync(directory)).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('a program that kills its parent leaves nothing behind, and the launch is reported as lost', async () => {
  const token = randomUUID();
  await withLauncher(async (launcher) => {
    const launch = launchShell(
      launcher,
      'setsid -f sleep 1000; sleep 1000 & kill -9 $PPID; sleep 1000',
      token,
    );
    const over = await launch.until(isOver);
    expect(over).toMatchObject({ type: 'lost', because: 'its stage was killed' });
  });
  expect(marked(token)).toEqual([]);
});

const isStage = (event: StageEvent): event is Extract<StageEvent, { type: 'stage' }> =>
  event.type === 'stage';

/** `T` once it has stopped, proc_pid_stat(5). */
function stateOf(pid: number): string | undefined {
  return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.[0];
}

test('a stage that hangs is killed with all it has, and nobody waits for it for ever', async () => {
  const token = randomUUID();
  await withLauncher(async (launcher) => {
    const launch = launchShell(launcher, 'setsid -f sleep 1000; kill -STOP $PPID; sleep 1000', token);
    const { pid } = await launch.until(isStage);
    await expect.poll(() => stateOf(pid)).toBe('T');
    await launch.end();
    expect(launch.events.find(isOver)).toMatchObject({ type: 'lost', because: 'its stage was killed' });
    expect(marked(token)).toEqual([]);
  });
}, 20_000);

test('a launcher that hangs is given up, and its stages end what they have', async () => {
  const token = randomUUID();
  const stop = 'read -r _ _ _ launcher _ < /proc/$PPID/stat; kill -STOP $launcher; echo stopped';
  await withLauncher(async (launcher) => {
    const launch = launchShell(launcher, `setsid -f sleep 1000; ${stop}; sleep 1000`, token);
    await launch.until((event): event is StageEvent => event.type === 'output');
    await launch.end();
    expect(launch.events.find(isOver)).toEqual({ launch: launch.id, type: 'over', left: [] });
    expect(marked(token)).toEqual([]);
    await expect.poll(() => launcher.whyGone()).toBe('the launcher process is gone: SIGKILL');
  });
}, 30_000);

test('what a launch left running ends with the launcher', async () => {
  const token = randomUUID();
  await withLauncher(async (launcher) => {
    const launch = launchShell(launcher, 'setsid -f sleep 1000; setsid -f sleep 1000; sleep 1000', token);
    await launch.until(isStarted);
  });
  expect(marked(token)).toEqual([]);
});

test('planted files go with the launcher', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'leaves-nothing-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  try {
    await withLauncher(async (launcher) => {
      const launch = launchShell(launcher, 'touch here; sleep 1000 &', randomUUID(), 'hostile');
      await launch.until(isStarted);
      expect(readdirSync(directory)).toHaveLength(1);
    });
    expect(readdirSync(directory)).toEqual([]);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(directory, { recursive: true });
  }
});

test('a program that cannot be executed is told apart from one that fails', async () => {
  await withLauncher(async (launcher) => {
    const launch = launcher.launch({
      image: { kind: 'execute', path: '/dev/null' },
      argv: ['null'],
      environment: [],
      directory: '/',
      keepDirectory: false,
      start: startStates.clean,
    });
    expect(await launch.until(isStarted)).toEqual({
      launch: launch.id,
      type: 'not-started',
      call: 'execve',
      errno: 'EACCES',
    });
  });
});
