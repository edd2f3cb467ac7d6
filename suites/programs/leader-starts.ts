/**
 * The same question put to real services again and again, which has to have the same answer each time:
 * `node dist/suites/programs/leader-starts.js [VERDICTS [LOOPS]]`, 100 verdicts on leader-start of each service, beside no busy loop,
 * unless told otherwise. Prints how many there were of each.
 */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBy } from '../../harness/check/check-program.ts';
import { type Checker, openChecker, type Report } from '../../harness/index.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { startBusyLoops } from '../soak/busy-loops.ts';
import { numberAt, run, say, secondsSince } from '../soak/script.ts';

const services = ['redis-server', 'dbus-daemon', 'memcached', 'sshd', 'nginx', 'mosquitto'];

/** As the scorecard has them. */
interface Service {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly setup?: readonly (readonly string[])[];
  readonly files?: Readonly<Record<string, readonly string[]>>;
  readonly pidfile?: string;
}

const batch = JSON.parse(readFileSync(join(packageRoot, 'reports/scorecard/batch.json'), 'utf8')) as {
  readonly programs: readonly Service[];
};

/** The outcome, and how the daemon ended where it did; a number in it is another each time. */
function verdictOf({ results, probes }: Report): string {
  const outcome = results.find(({ id }) => id === 'leader-start')?.outcome ?? 'not judged';
  const found = probes['leader-start'];
  if (found?.kind !== 'scheduled-starts') return `${outcome}, ${found?.kind ?? 'not probed'}`;
  const starts = found.starts.map(({ order, ending }) => `${order}: ${ending ?? 'survived'}`);
  return `${outcome} (${starts.join(', ')})`;
}

/** A directory for it, with its files. @returns what names it as words */
function settleIn(directory: string, { setup = [], files = {} }: Service): (word: string) => string {
  const fill = (word: string): string => word.replaceAll('{dir}', directory);
  for (const [name, lines] of Object.entries(files)) {
    writeFileSync(join(directory, name), `${lines.map(fill).join('\n')}\n`);
  }
  for (const words of setup) {
    const [command = '', ...rest] = words.map(fill);
    const { status, stderr } = spawnSync(command, rest, { cwd: directory, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command}: ${stderr}`);
  }
  return fill;
}

async function verdictsOn(service: Service, times: number, checker: Checker): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'leader-starts-'));
  // Some of them drop root before they enter it.
  chmodSync(directory, 0o755);
  try {
    const fill = settleIn(directory, service);
    const [word, ...rest] = service.argv;
    const { pidfile = null } = service;
    const options = {
      only: ['leader-start'],
      starts: ['clean'] as const,
      probing: 'all' as const,
      cwd: directory,
      policy: pidfile === null ? {} : { pidfile: fill(pidfile) },
    };
    const verdicts: string[] = [];
    while (verdicts.length < times) {
      const report = await checkBy(
        (request) => checker.check(request),
        [fill(word), ...rest.map(fill)],
        options,
      );
      verdicts.push(verdictOf(report));
    }
    return verdicts;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function countsOf(verdicts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of verdicts) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

async function main(): Promise<boolean> {
  const times = numberAt(0, 'verdicts', 100);
  const loops = numberAt(1, 'busy loops', 0);
  const checker = openChecker();
  const busy = startBusyLoops(loops);
  let differing = 0;
  try {
    for (const name of services) {
      const service = batch.programs.find((each) => each.name === name);
      if (service === undefined) throw new Error(`${name} is not in the scorecard`);
      const began = performance.now();
      if (!existsSync(service.argv[0])) {
        say(`${name}: ${service.argv[0]} is not installed`);
        continue;
      }
      const counts = countsOf(await verdictsOn(service, times, checker));
      const told = [...counts].map(([verdict, count]) => `${count} x ${verdict}`).join('; ');
      if (counts.size > 1) differing++;
      say(`${name}: ${told}; ${secondsSince(began)} s`);
    }
  } finally {
    busy.end();
    await checker.close();
  }
  say(
    `${differing} of ${services.length} services had verdicts that differ in ${times} beside ${loops} busy loops`,
  );
  return differing === 0;
}

run(main);
