/** One run of the command line that is ended from outside, and what is left of it. */

import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { removeTree } from '../../harness/launch/remove-tree.ts';
import { detach } from '../../harness/libc/linux/sys-mount.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { type KillEvent, type KillOrder, orderVariable } from './at-event.ts';
import { type LeftOvers, marked, untilNothingIsLeft } from './left-behind.ts';
import { killProcess, killVictimsOf, type Victim } from './victims.ts';

/** When the signal is sent: after the n-th event of the protocol, after so many milliseconds, or never. */
export type Moment =
  | { readonly kind: 'event'; readonly event: KillEvent; readonly victims: readonly Victim[] }
  /** Of the harness alone, unless victims are named. */
  | { readonly kind: 'time'; readonly afterMs: number; readonly victims?: readonly Victim[] }
  | { readonly kind: 'never' };

/** In an argument it stands for what marks everything of that run, digits that sleep(1) takes for seconds. */
export const markInArgument = '{mark}';

export interface KillRequest {
  readonly argv: readonly string[];
  readonly signal: NodeJS.Signals;
  readonly moment: Moment;
  /** What has not ended after so many milliseconds, or is still there so many after the end, is taken for left behind. */
  readonly hangsAfterMs: number;
  /** A directory of which is to be known what stood in it when the signal was sent. */
  readonly witnessed?: string;
  /** The Node that runs the command line; this one unless told otherwise. */
  readonly node?: string;
}

export interface KilledRun {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  /** Events it had read when it ended by itself; 0 if it did not. */
  readonly events: number;
  readonly tookMs: number;
  readonly left: LeftOvers;
  /** Names in the witnessed directory when the signal was sent. */
  readonly witnessed: readonly string[];
}

const preloaded = join(packageRoot, 'dist/suites/kills/at-event.js');

/** What was written to the file; null if nothing was. */
function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Runs the command line in a temporary directory of its own, whose name marks all that comes of it. */
export async function killCheck(request: KillRequest): Promise<KilledRun> {
  const place = mkdtempSync(join(tmpdir(), 'killed-'));
  const mark = `1000.${randomInt(2 ** 47)}`;
  const { argv, signal, moment, hangsAfterMs, node = process.execPath, witnessed } = request;
  const [directory, countFile, file] = [join(place, mark), join(place, 'count'), join(place, 'witness')];
  mkdirSync(directory);
  const { event, victims } = moment.kind === 'event' ? moment : { event: 0, victims: [] };
  const witness = witnessed === undefined ? null : { directory: witnessed, file };
  const order: KillOrder = { event, signal, victims, countFile, witness };
  try {
    const began = performance.now();
    const given = argv.map((word) => word.replaceAll(markInArgument, mark));
    // As the command's own first lines start it: the launcher then is a fork of it.
    const child = spawn(node, ['--single-threaded', join(packageRoot, 'harness/bin.cjs'), ...given], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        TMPDIR: directory,
        NODE_OPTIONS: `--require=${preloaded}`,
        [orderVariable]: JSON.stringify(order),
      },
    });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    const killAtTime = (named: readonly Victim[]): void => {
      // Not once it was waited for: its number may be another's.
      if (child.pid !== undefined && child.exitCode === null) killVictimsOf(child.pid, named, signal);
    };
    const timer =
      moment.kind === 'time'
        ? setTimeout(() => killAtTime(moment.victims ?? ['harness']), moment.afterMs)
        : undefined;
    const [status, endedBy] = await new Promise<[number | null, string | null]>((resolve) => {
      // One that hangs is among what is left.
      const hangs = setTimeout(() => resolve([null, null]), hangsAfterMs);
      child.once('exit', (code, name) => {
        clearTimeout(hangs);
        resolve([code, name]);
      });
    });
    clearTimeout(timer);
    const tookMs = performance.now() - began;
    const left = await untilNothingIsLeft(directory, hangsAfterMs);
    return {
      status,
      signal: endedBy,
      stderr,
      events: Number(readIfThere(countFile) ?? 0),
      tookMs,
      left,
      witnessed: JSON.parse(readIfThere(file) ?? '[]') as readonly string[],
    };
  } finally {
    // What was left has been told of, and must not stay.
    for (const { pid } of marked(mark).processes) killProcess(pid, 'SIGKILL');
    removeTree(tmpdir(), basename(place), { detach });
  }
}

/** Runs them, a few at a time: the machine is then busy, and what ends late shows. */
export async function killEach(killings: readonly KillRequest[], atOnce = 4): Promise<readonly KilledRun[]> {
  const killed: KilledRun[] = [];
  const queue = killings.entries();
  const work = async (): Promise<void> => {
    for (const [at, each] of queue) killed[at] = await killCheck(each);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return killed;
}
