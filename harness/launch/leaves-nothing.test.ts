import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StartName } from '../facts/start-state.ts';
import type { Launcher } from './launcher-client.ts';
import { beginDeadlineMs, nowMs, startLauncher } from './launcher-client.ts';
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
const isOutput = (event: StageEvent): event is StageEvent => event.type === 'output';

function launchShell(
  launcher: Launcher,
  script: string,
  token: string,
  start: StartName = 'clean',
  signal?: AbortSignal,
) {
  const shell = {
    image: { kind: 'execute', path: '/bin/sh' },
    argv: ['sh', '-c', script],
    environment: [`PATH=${process.env.PATH}`, `TOKEN=${token}`],
    directory: tmpdir(),
    start: startStates[start],
  } as const;
  return launcher.launch(shell, signal);
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
  test.concurrent(`a program that ${what} is gone when its launch has been ended`, async () => {
    const token = randomUUID();
    await withLauncher(async (launcher) => {
      const launch = launchShell(launcher, script, token, 'hostile');
      await launch.until(isStarted, beginDeadlineMs());
      await launch.end();
      expect(launch.events.find(isOver)).toEqual({ launch: launch.id, type: 'over', left: [] });
      expect(marked(token)).toEqual([]);
    });
  });
}

test.concurrent('a program whose launch is ended can remove what it keeps elsewhere', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'keeps-elsewhere-'));
  const script = 'trap "rm kept; exit" TERM; : >kept; echo there; sleep 1000 & wait';
  try {
    await withLauncher(async (launcher) => {
      const launch = launchShell(launcher, `cd ${directory}; ${script}`, randomUUID(), 'captured');
      await launch.until(isOutput, beginDeadlineMs());
      expect(readdirSync(directory)).toEqual(['kept']);
      await launch.end();
    });
    expect(readdirSync(directory)).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test.concurrent('a program that kills its parent leaves nothing behind, and the launch is reported as lost', async () => {
  const token = randomUUID();
  await withLauncher(async (launcher) => {
    const launch = launchShell(
      launcher,
      'setsid -f sleep 1000; sleep 1000 & kill -9 $PPID; sleep 1000',
      token,
    );
    const over = await launch.until(isOver, beginDeadlineMs());
    expect(over).toMatchObject({ type: 'lost', because: 'its stage was killed' });
  });
  expect(marked(token)).toEqual([]);
});

/** A loop that only SIGKILL ends, whoever else has ended. */
const again = (victim: string): string =>
  `trap "" TERM; (while kill -STOP ${victim}; do sleep 0.001; done) & echo stopped; wait`;
const findLauncher = 'read -r _ _ _ launcher _ < /proc/$PPID/stat';

test.concurrent('a stage that the program stops is continued', async () => {
  const token = randomUUID();
  await withLauncher(async (launcher) => {
    const launch = launchShell(
      launcher,
      'setsid -f sleep 1000; kill -STOP $PPID; echo there; sleep 1',
      token,
    );
    await launch.until(isOutput, beginDeadlineMs());
    await launch.end();
    expect(launch.events.find(isOver)).toEqual({ launch: launch.id, type: 'over', left: [] });
    expect(marked(token)).toEqual([]);
  });
});

test.concurrent('a stage that is stopped again and again is ended with all it has, and nobody waits for it for ever', async () => {
  const token = randomUUID();
  await withLauncher(async (launcher) => {
    const launch = launchShell(launcher, `setsid -f sleep 1000; ${again('$PPID')}`, token);
    await launch.until(isOutput, beginDeadlineMs());
    await launch.end();
    // By itself, between two stops, or by the launcher.
    expect(launch.events.filter(isOver)).toHaveLength(1);
    expect(marked(token)).toEqual([]);
  });
});

test.concurrent('a launcher that the program stops is continued when it is asked for something', async () => {
  const token = randomUUID();
  await withLauncher(async (launcher) => {
    const script = `setsid -f sleep 1000; ${findLauncher}; kill -STOP $launcher; echo stopped; sleep 1000`;
    const launch = launchShell(launcher, script, token);
    await launch.until(isOutput, beginDeadlineMs());
    await launch.end();
    expect(launch.events.find(isOver)).toEqual({ launch: launch.id, type: 'over', left: [] });
    expect(marked(token)).toEqual([]);
    expect(launcher.whyGone()).toBe(null);
  });
});

test.concurrent('a launcher that is stopped again and again is given up, and its stages end what they have', async () => {
  const token = randomUUID();
  await withLauncher(async (launcher) => {
    const launch = launchShell(
      launcher,
      `setsid -f sleep 1000; ${findLauncher}; ${again('$launcher')}`,
      token,
    );
    await launch.until(isOutput, beginDeadlineMs());
    await launch.end();
    await launcher.close();
    expect(marked(token)).toEqual([]);
  });
});

test.concurrent('nothing of a launch is waited for after the deadline, or once the signal says so', async () => {
  const controller = new AbortController();
  await withLauncher(async (launcher) => {
    const launch = launchShell(launcher, again('$PPID'), randomUUID(), 'clean', controller.signal);
    await launch.until(isOutput, beginDeadlineMs());
    expect(await launch.until(isOver, nowMs())).toBe(null);
    const waits = [launch.until(isOver, beginDeadlineMs()), launch.act({ kind: 'processor-time' })];
    const refused = Promise.all(waits.map((wait) => expect(wait).rejects.toThrow('enough')));
    controller.abort(new Error('enough'));
    await refused;
    await expect(launcher.scratchDirectory(controller.signal)).rejects.toThrow('enough');
    await launch.end();
  });
});

test.concurrent('what a launch left running ends with the launcher', async () => {
  const token = randomUUID();
  await withLauncher(async (launcher) => {
    const launch = launchShell(launcher, 'setsid -f sleep 1000; setsid -f sleep 1000; sleep 1000', token);
    await launch.until(isStarted, beginDeadlineMs());
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
      await launch.until(isStarted, beginDeadlineMs());
      expect(readdirSync(directory)).toHaveLength(1);
    });
    expect(readdirSync(directory)).toEqual([]);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(directory, { recursive: true });
  }
});

test.concurrent('a program that cannot be executed is told apart from one that fails', async () => {
  await withLauncher(async (launcher) => {
    const nothing = {
      image: { kind: 'execute', path: '/dev/null' },
      argv: ['null'],
      environment: [],
      directory: '/',
      start: startStates.clean,
    } as const;
    const launch = launcher.launch(nothing, undefined);
    expect(await launch.until(isStarted, beginDeadlineMs())).toEqual({
      launch: launch.id,
      type: 'not-started',
      call: 'execve',
      errno: 'EACCES',
    });
  });
});

/** Runs `body` with a directory for everything temporary, and expects that nothing has been left in it. */
async function inEmptyTemporary(body: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'leaves-nothing-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  try {
    await body(directory);
    await expect.poll(() => readdirSync(directory)).toEqual([]);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(directory, { recursive: true });
  }
}

test('a program that kills launcher and stage at once leaves no file', () =>
  inEmptyTemporary(async (directory) => {
    const launcher = startLauncher();
    const launch = launchShell(launcher, `${findLauncher}; kill -9 $launcher $PPID`, randomUUID(), 'hostile');
    // A stage that is killed a moment later may have told of the end.
    await launch.until(isOver, beginDeadlineMs()).catch(() => {});
    expect(await launcher.close()).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  }));

test.each(['clean', 'hostile'] as const)(
  'launcher and harness, killed at once after a launch from a %s start, leave no file',
  (start) =>
    inEmptyTemporary(async () => {
      const client = join(__dirname, '../../dist/harness/launch');
      const script = `
        const { startLauncher } = require('${client}/launcher-client.js');
        const { startStates } = require('${client}/start-states.js');
        const launcher = startLauncher();
        const launch = launcher.launch({ image: { kind: 'execute', path: '/bin/true' }, argv: ['true'],
          environment: [], directory: '/', keepDirectory: false, start: startStates.${start} }, undefined);
        launch.end().then(() => launcher.scratchDirectory(undefined)).then(console.log);`;
      const harness = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(harness.stdout, 'data');
      const launchers = readFileSync(`/proc/${harness.pid}/task/${harness.pid}/children`, 'latin1');
      for (const pid of [...launchers.trim().split(' ').map(Number), harness.pid]) {
        if (pid !== undefined && pid > 0) process.kill(pid, 'SIGKILL');
      }
    }),
);
