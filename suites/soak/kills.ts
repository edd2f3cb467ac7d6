/** Kills by the hundred, and what they left. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Isolation } from '../../harness/launch/protocol.ts';
import {
  type KilledRun,
  type KillRequest,
  killCheck,
  killEach,
  type Moment,
  markInArgument,
} from '../kills/kill-check.ts';
import { countOf, type LeftOvers, nothing } from '../kills/left-behind.ts';
import type { Victim } from '../kills/victims.ts';
import type { Pace } from '../pace/pace.ts';
import { say, secondsSince } from './script.ts';

/** What was left, by kind. */
export type Counts = Record<keyof LeftOvers, number>;

export interface KillCounts {
  readonly kills: number;
  readonly left: Counts;
  /** After kills of all three at once: nobody was left to remove a file or, where there was no world, to end anything. */
  readonly unattended: { readonly kills: number; readonly left: Counts };
  /** Names of the product's in the temporary directory of everybody that were not there before, and stay. */
  readonly inTmp: readonly string[];
  /** Checks that were not killed themselves and came to a failure of a program that has none. */
  readonly wrong: number;
}

/** A program that leaves two orphans, one still in the launch session, and a worker that ignores what it can. */
const sleep = `sleep ${markInArgument}`;
const program = `setsid -f ${sleep}; ${sleep} & (trap "" HUP TERM INT; ${sleep}) & exit 0`;

const victims: readonly (readonly Victim[])[] = [
  ['harness'],
  ['launcher'],
  ['stage'],
  ['harness', 'launcher'],
  ['harness', 'stage'],
  ['launcher', 'stage'],
  ['harness', 'launcher', 'stage'],
];

const shareAtRandom = 1 / 4;
const toldEvery = 100;
/** Where all three are gone, what waits for a launch sees it at once, and a minute more would change nothing. Milliseconds. */
const unattendedMs = 5000;

interface Command {
  readonly argv: readonly string[];
  readonly isolation: Isolation;
  /** Of its kills. */
  readonly share: number;
}

function commandsIn(directory: string): readonly Command[] {
  const file = join(directory, 'batch.json');
  const setup = [['sh', '-c', `setsid ${sleep} & mkdir {dir}/x; : > {dir}/x/y`]];
  const programs = ['a', 'b'].map((name) => ({ name, argv: ['sh', '-c', program], setup, trace: true }));
  const defaults = { start: ['clean', 'hostile'], only: ['session', 'surviving-processes'] };
  writeFileSync(file, JSON.stringify({ defaults, programs }));
  const session = ['--only', 'session', '-f', 'json', 'sh', '-c', program];
  return (['full', 'none'] as const).flatMap((isolation): readonly Command[] => {
    const given = ['--isolation', isolation];
    return [
      { isolation, argv: [...given, '--start', 'clean,hostile', ...session], share: 0.35 },
      { isolation, argv: [...given, '--quick', '-f', 'json', 'sh', '-c', program], share: 0.075 },
      { isolation, argv: ['batch', ...given, file, '-f', 'json'], share: 0.075 },
    ];
  });
}

interface Kill {
  readonly command: Command;
  readonly usual: KilledRun;
  readonly victims: readonly Victim[];
  readonly request: KillRequest;
}

function killsOf(command: Command, usual: KilledRun, count: number, hangsAfterMs: number): readonly Kill[] {
  const atRandom = Math.floor(count * shareAtRandom);
  const atEvents = count - atRandom;
  // Every event in turn for every victim; where there are more events than kills, evenly.
  const step = Math.max(1, (victims.length * (usual.events - 1)) / atEvents);
  return Array.from({ length: count }, (_, i): Kill => {
    const who = victims[i % victims.length] ?? [];
    const place = Math.floor(i * step);
    const event = 1 + (Math.floor(place / victims.length) % (usual.events - 1));
    const moment: Moment =
      i < atEvents
        ? { kind: 'event', event, victims: who }
        : { kind: 'time', afterMs: Math.random() * usual.tookMs, victims: who };
    const request = { argv: command.argv, signal: 'SIGKILL', moment, hangsAfterMs } as const;
    return { command, usual, victims: who, request };
  });
}

/** So that worlds and no worlds, and one command and the other, take turns. */
function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const at = lists.flatMap((list) => list.map((each, i) => ({ each, place: (i + 0.5) / list.length })));
  return at.sort((a, b) => a.place - b.place).map(({ each }) => each);
}

const noCounts = (): Counts => ({ processes: 0, terminals: 0, files: 0, mounts: 0, unread: 0 });

function add(counts: Counts, left: LeftOvers): void {
  for (const kind of Object.keys(counts) as (keyof Counts)[]) counts[kind] += left[kind].length;
}

/** The kernel ends a world with its first process; its directory outside, and all without a world, is left to nobody. */
function leftAlone(left: LeftOvers, { isolation }: Command): LeftOvers {
  return isolation === 'none' ? left : { ...nothing, files: left.files, mounts: left.mounts };
}

function withoutThose(all: LeftOvers, { processes, ...those }: LeftOvers): LeftOvers {
  const rest = (kind: keyof typeof those) => all[kind].filter((each) => !those[kind].includes(each));
  return {
    processes: all.processes.filter((each) => !processes.includes(each)),
    terminals: rest('terminals'),
    files: rest('files'),
    mounts: rest('mounts'),
    unread: rest('unread'),
  };
}

export function countsTold({ processes, terminals, files, mounts, unread }: Counts): string {
  const readable = unread === 0 ? '' : `, ${unread} that could not be read`;
  return `${processes} processes, ${terminals} terminals, ${files} files, ${mounts} mounts${readable}`;
}

const ofProduct = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('daemon-conformance-'));

/** What others run beside this one has gone by the deadline. */
async function staysInTmp(before: readonly string[], deadlineMs: number): Promise<readonly string[]> {
  let fresh = ofProduct().filter((name) => !before.includes(name));
  while (fresh.length > 0 && performance.now() < deadlineMs) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = ofProduct();
    fresh = fresh.filter((name) => now.includes(name));
  }
  return fresh;
}

/** All of them, or none where this machine gives no world to a launch. */
async function planned(directory: string, kills: number, hangsAfterMs: number): Promise<readonly Kill[]> {
  const lists: (readonly Kill[])[] = [];
  for (const command of commandsIn(directory)) {
    const { argv, share, isolation } = command;
    const usual = await killCheck({ argv, signal: 'SIGKILL', moment: { kind: 'never' }, hangsAfterMs });
    if (usual.events === 0 || usual.status === 2) throw new Error(`${argv.join(' ')}: ${usual.stderr}`);
    if (isolation === 'full' && usual.status === 3) say(`left out, no worlds here: ${usual.stderr}`);
    else lists.push(killsOf(command, usual, Math.round(kills * share), hangsAfterMs));
  }
  return inTurns(lists);
}

/** Kills so many checks and batches. */
export async function soakKills(kills: number, { slowness }: Pace): Promise<KillCounts> {
  // The product ends a tree within seconds; what is there after a minute stays.
  const hangsAfterMs = 60_000 * slowness;
  const directory = mkdtempSync(join(tmpdir(), 'soak-'));
  const before = ofProduct();
  const left = noCounts();
  const unattended = { kills: 0, left: noCounts() };
  let [done, wrong] = [0, 0];
  const began = performance.now();
  try {
    const all = [...(await planned(directory, kills, hangsAfterMs))];
    while (all.length > 0) {
      const some = all.splice(0, toldEvery);
      // Nobody waits a minute for what nobody is left to take away.
      const killed = await killEach(
        some.map(({ victims: who, request }) =>
          who.length === 3 ? { ...request, hangsAfterMs: unattendedMs * slowness } : request,
        ),
      );
      some.forEach(({ command, usual, victims: who, request }, i) => {
        const run = killed[i];
        if (run === undefined) return;
        const unattendedLeft = who.length < 3 ? nothing : leftAlone(run.left, command);
        const attendedLeft = withoutThose(run.left, unattendedLeft);
        if (who.length === 3) unattended.kills++;
        add(unattended.left, unattendedLeft);
        add(left, attendedLeft);
        // Killed itself, as it ended undisturbed, or not judged.
        const isWrong = run.signal === null && run.status !== usual.status && run.status !== 3;
        if (isWrong) wrong++;
        if (isWrong || countOf(attendedLeft) > 0) {
          const ending = run.status ?? run.signal;
          say(`  ${command.argv.join(' ')}: ${JSON.stringify(request.moment)}: ${ending}`);
          say(`    left ${JSON.stringify(attendedLeft)}`);
        }
      });
      done += some.length;
      say(`${done} kills in ${secondsSince(began)} s: left ${countsTold(left)}; ${wrong} wrong`);
    }
    const inTmp = await staysInTmp(before, performance.now() + hangsAfterMs);
    return { kills: done, left, unattended, inTmp, wrong };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
