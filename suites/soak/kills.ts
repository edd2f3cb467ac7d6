/** Kills by the hundred, and what they left. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Victim } from '../kills/at-event.ts';
import { type KilledRun, type KillRequest, killCheck, killEach } from '../kills/kill-check.ts';
import type { Pace } from '../pace/pace.ts';
import { say, secondsSince } from './script.ts';

export interface KillCounts {
  readonly processes: number;
  readonly files: number;
  /** Checks that were not killed themselves and came to a failure of a program that has none. */
  readonly wrong: number;
}

/** A program that leaves two orphans, one still in the launch session, and a worker that ignores what it can. */
const program = 'setsid -f sleep 1000; sleep 1000 & (trap "" HUP TERM INT; sleep 1000) & exit 0';

/** Launcher and stage together are left out: without a world of its own nobody is left then who could end the program. */
const victims: readonly (readonly Victim[])[] = [
  ['harness'],
  ['launcher'],
  ['stage'],
  ['harness', 'launcher'],
  ['harness', 'stage'],
];

const shareAtRandom = 1 / 4;
const toldEvery = 100;

interface Command {
  readonly argv: readonly string[];
  /** Of its kills. */
  readonly share: number;
}

function commandsIn(directory: string): readonly Command[] {
  const file = join(directory, 'batch.json');
  const setup = [['sh', '-c', 'setsid sleep 1000 & mkdir {dir}/x; : > {dir}/x/y']];
  const programs = ['a', 'b'].map((name) => ({ name, argv: ['sh', '-c', program], setup, trace: true }));
  const defaults = { start: ['clean', 'hostile'], only: ['session', 'surviving-processes'] };
  writeFileSync(file, JSON.stringify({ defaults, programs }));
  const session = ['--only', 'session', '-f', 'json', 'sh', '-c', program];
  return [
    { argv: ['--start', 'clean', ...session], share: 0.7 },
    { argv: ['--quick', '-f', 'json', 'sh', '-c', program], share: 0.15 },
    { argv: ['batch', file, '-f', 'json'], share: 0.15 },
  ];
}

function killsOf({ argv }: Command, usual: KilledRun, count: number, hangsAfterMs: number): KillRequest[] {
  const atRandom = Math.floor(count * shareAtRandom);
  const atEvents = count - atRandom;
  // Every event in turn for every victim; where there are more events than kills, evenly.
  const step = Math.max(1, (victims.length * (usual.events - 1)) / atEvents);
  const common = { argv, signal: 'SIGKILL', hangsAfterMs } as const;
  return [
    ...Array.from({ length: atEvents }, (_, i): KillRequest => {
      const place = Math.floor(i * step);
      const event = 1 + (Math.floor(place / victims.length) % (usual.events - 1));
      return { ...common, moment: { kind: 'event', event, victims: victims[i % victims.length] ?? [] } };
    }),
    ...Array.from(
      { length: atRandom },
      (): KillRequest => ({ ...common, moment: { kind: 'time', afterMs: Math.random() * usual.tookMs } }),
    ),
  ];
}

/** Kills so many checks and batches. */
export async function soakKills(kills: number, { slowness }: Pace): Promise<KillCounts> {
  // The product ends a tree within seconds; what is there after a minute stays.
  const hangsAfterMs = 60_000 * slowness;
  const directory = mkdtempSync(join(tmpdir(), 'soak-'));
  let [done, processes, files, wrong] = [0, 0, 0, 0];
  const began = performance.now();
  try {
    for (const command of commandsIn(directory)) {
      const { argv, share } = command;
      const usual = await killCheck({ argv, signal: 'SIGKILL', moment: { kind: 'never' }, hangsAfterMs });
      const requests = killsOf(command, usual, Math.round(kills * share), hangsAfterMs);
      while (requests.length > 0) {
        const some = requests.splice(0, toldEvery);
        const killed = await killEach(some);
        killed.forEach(({ left, status, signal }, i) => {
          processes += left.processes.length;
          files += left.files.length;
          // Killed itself, as it ended undisturbed, or not judged.
          const isWrong = signal === null && status !== usual.status && status !== 3;
          if (isWrong) wrong++;
          if (isWrong || left.processes.length + left.files.length > 0) {
            say(
              `  ${argv.join(' ')}: ${JSON.stringify(some[i]?.moment)}: ${status ?? signal}, left ${JSON.stringify(left)}`,
            );
          }
        });
        done += some.length;
        say(
          `${done} of ${kills} kills in ${secondsSince(began)} s: ${processes} processes and ${files} files left, ${wrong} wrong`,
        );
      }
    }
    return { processes, files, wrong };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
