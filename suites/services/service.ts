/** A service as its package starts it, and one that already runs. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

export interface Service {
  readonly name: string;
  /** Of Debian. */
  readonly package: string;
  /** `{dir}` stands for a directory of its own. */
  readonly argv: readonly [string, ...string[]];
  readonly pidfile: string;
  /** Its default port; null for one that listens to no TCP. */
  readonly port: number | null;
  /** Whose its directory is; root unless told otherwise. */
  readonly user?: string;
  /** By name, in its directory. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  /** Run beforehand; they succeed, or it cannot be tried. */
  readonly setup?: readonly (readonly [string, ...string[]])[];
  /** What the package's own start has made in /run, and whose it is. */
  readonly directories?: Readonly<Record<string, string>>;
  /** Files below which a running instance changes something by itself, and why. */
  readonly changesItself?: Readonly<Record<string, string>>;
}

const filledIn = (text: string, directory: string): string => text.replaceAll('{dir}', directory);

/** The arguments and the pidfile of a service that has that directory. */
export function placedIn<S extends Service>(service: S, directory: string): S {
  const fill = (text: string): string => filledIn(text, directory);
  const [program, ...rest] = service.argv;
  return {
    ...service,
    argv: [program, ...rest.map(fill)],
    pidfile: fill(service.pidfile),
    changesItself: Object.fromEntries(
      Object.entries(service.changesItself ?? {}).map(([path, because]) => [fill(path), because]),
    ),
    setup: service.setup?.map(([command, ...words]) => [command, ...words.map(fill)] as const),
  };
}

/** @throws Error where a command fails */
function mustRun(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}: ${error?.message ?? stderr}`);
}

/** Makes what the service needs to start, in the directory and in /run. @throws Error */
export function prepare({ files, directories, setup, user = 'root' }: Service, directory: string): void {
  mkdirSync(directory);
  mustRun('chown', [user, directory]);
  for (const [name, lines] of Object.entries(files ?? {})) {
    writeFileSync(join(directory, name), `${lines.map((line) => filledIn(line, directory)).join('\n')}\n`);
  }
  for (const [path, owner] of Object.entries(directories ?? {})) {
    mkdirSync(path, { recursive: true });
    mustRun('chown', [owner, path]);
  }
  for (const [program, ...args] of setup ?? []) mustRun(program, args);
}

/** Whether something answers at that port of this machine. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function pidIn(pidfile: string): number {
  try {
    return Number.parseInt(readFileSync(pidfile, 'utf8'), 10) || 0;
  } catch {
    return 0;
  }
}

/** When that process was started, in ticks since boot; null if there is none, or it has ended. */
function startOf(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** Another program's start and end are announced by nothing: looked for until they are there, or take too long. */
async function until(what: string, isThere: () => boolean | Promise<boolean>): Promise<void> {
  // A postgres that has to write its caches to a slow disk takes seconds.
  const deadline = performance.now() + 120_000;
  while (!(await isThere())) {
    if (performance.now() > deadline) throw new Error(`${what}: still not so after two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export interface Instance {
  /** The same process, and it still answers. */
  isUndisturbed(): Promise<boolean>;
  end(): Promise<void>;
}

/** Starts the service outside, as its package would. @throws Error if it does not come up */
export async function startInstance({ name, argv, pidfile, port }: Service): Promise<Instance> {
  const [program, ...args] = argv;
  const { status } = spawnSync(program, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${argv.join(' ')}: exit status ${status}`);
  await until(`${name} has started`, async () => {
    return startOf(pidIn(pidfile)) !== null && (port === null || (await answers(port)));
  });
  const pid = pidIn(pidfile);
  const began = startOf(pid);
  return {
    isUndisturbed: async () =>
      pidIn(pidfile) === pid && startOf(pid) === began && (port === null || (await answers(port))),
    async end() {
      if (startOf(pid) !== began) return;
      process.kill(pid, 'SIGTERM');
      await until(`${name} has ended`, async () => {
        return startOf(pid) !== began && (port === null || !(await answers(port)));
      });
    },
  };
}
