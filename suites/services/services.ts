/**
 * Real services, each checked in a world of its own once with nothing running and once beside a running instance on the
 * same port and with the same pidfile: `npm run services [NAME...]`, as root. Exit status 0 if verdicts and the outcome
 * of every requirement are equal, the running instance was not disturbed, and nothing of a check is found afterwards.
 *
 * /tmp, /run and /dev/shm are empty ones of this script's own, by unshare(1): what others write there meanwhile would be
 * taken for the check's, and what the running instances write goes with them. /var and /etc are those of the machine.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../harness/facts/result.ts';
import { packageRoot } from '../../harness/package-root.ts';
import type { Report } from '../../harness/report/report.ts';
import { NotHere, run, say, secondsSince } from '../soak/script.ts';
import { services } from './catalogue.ts';
import { changesBetween, listingOf } from './listing.ts';
import { answers, type Instance, placedIn, prepare, type Service, startInstance } from './service.ts';

const emptied = ['/tmp', '/run', '/dev/shm'];
const watched = ['/run', '/var', '/tmp', '/etc', '/dev/shm'];
const home = '/tmp/services';
/** Of the checks alone. That it is empty again is looked at; that its own time has changed is no trace in it. */
const scratch = '/tmp/scratch';

interface Checked {
  readonly report: Report;
  /** What there is of it in the watched directories. */
  readonly found: readonly string[];
}

function isOfInstance(change: string, { changesItself = {} }: Service): boolean {
  return Object.keys(changesItself).some((path) => change.startsWith(path));
}

function checkOnce(service: Service): Checked {
  const { argv, pidfile } = service;
  const before = listingOf(watched);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(packageRoot, 'harness/bin.cjs'),
      ...['--isolation', 'full', '--pidfile', pidfile, '-f', 'json', '--', ...argv],
    ],
    {
      cwd: '/',
      encoding: 'utf8',
      env: { PATH: process.env.PATH, TMPDIR: scratch },
      maxBuffer: 64 << 20,
    },
  );
  if (stdout === '') throw new Error(`${argv.join(' ')}: no report: ${stderr}`);
  const changes = changesBetween(before, listingOf(watched));
  return {
    report: JSON.parse(stdout) as Report,
    found: changes.filter((one) => !one.startsWith(`${scratch}:`) && !isOfInstance(one, service)),
  };
}

const told = (one: Result | undefined): string => {
  if (one === undefined) return 'not there';
  const { outcome, expected, actual } = one;
  return JSON.stringify({ outcome, expected, actual });
};

/** One line for each requirement that has another outcome, and for another verdict. */
function differences(alone: Report, beside: Report): readonly string[] {
  const outcomes = new Map(beside.results.map((one) => [`${one.id} (${one.start})`, one]));
  const lines = alone.results.flatMap((one) => {
    const key = `${one.id} (${one.start})`;
    const other = outcomes.get(key);
    outcomes.delete(key);
    if (other?.outcome === one.outcome) return [];
    return [`${key}: ${told(one)} alone, ${told(other)} beside`];
  });
  const more = [...outcomes.keys()].map((key) => `${key}: only beside`);
  const verdict = alone.verdict === beside.verdict ? [] : [`verdict: ${alone.verdict}, ${beside.verdict}`];
  return [...verdict, ...lines, ...more];
}

function notIsolated({ runs }: Report): readonly string[] {
  return runs
    .filter(({ isolation }) => !Object.values(isolation).every(Boolean))
    .map(
      ({ start, isolation }) => `the ${start} start had no world of its own: ${JSON.stringify(isolation)}`,
    );
}

interface Told {
  readonly differing: number;
  readonly found: number;
  readonly wrong: number;
}

async function tryService(service: Service): Promise<Told> {
  const began = performance.now();
  const alone = checkOnce(service);
  let instance: Instance | null = null;
  try {
    instance = await startInstance(service);
    const beside = checkOnce(service);
    const differing = differences(alone.report, beside.report);
    const found = [...alone.found, ...beside.found];
    const disturbed = (await instance.isUndisturbed()) ? [] : ['the running instance was disturbed'];
    const wrong = [...disturbed, ...notIsolated(alone.report), ...notIsolated(beside.report)];
    const { verdict, summary, results } = alone.report;
    say(
      `${service.name}: ${verdict}, ${summary.fail} of ${results.length} fail, ${differing.length} differ beside a ` +
        `running one, ${found.length} paths changed by the checks, ${secondsSince(began)} s`,
    );
    for (const line of [...wrong, ...differing, ...found]) say(`  ${line}`);
    return { differing: differing.length, found: found.length, wrong: wrong.length };
  } finally {
    await instance?.end();
  }
}

async function whyNotHere({ argv, port, package: of }: Service): Promise<string | null> {
  const missing = argv.find((word) => word.startsWith('/usr/') && !existsSync(word));
  if (missing !== undefined) return `${missing} is not installed (${of})`;
  return port !== null && (await answers(port)) ? `something listens at port ${port} already` : null;
}

async function main(): Promise<boolean> {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !services.some((one) => one.name === name));
  if (unknown !== undefined) throw new RangeError(`${unknown} is none of the services`);
  const began = performance.now();
  mkdirSync(home);
  mkdirSync(scratch);
  const skipped: string[] = [];
  const tried: Told[] = [];
  for (const one of services.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const directory = join(home, one.name);
    const why = await whyNotHere(one);
    if (why !== null) {
      skipped.push(one.name);
      say(`${one.name}: left out, ${why}`);
      continue;
    }
    const service = placedIn(one, directory);
    prepare(service, directory);
    tried.push(await tryService(service));
  }
  const sum = (of: keyof Told): number => tried.reduce((total, one) => total + one[of], 0);
  say(
    `services: ${tried.length} tried, ${skipped.length} left out, ${sum('differing')} outcomes differ beside a running ` +
      `instance, ${sum('found')} paths changed by the checks, ${sum('wrong')} otherwise wrong, ${secondsSince(began)} s`,
  );
  return tried.length > 0 && sum('differing') + sum('found') + sum('wrong') === 0;
}

/** In a mount namespace where those directories are empty. */
async function runApart(): Promise<boolean> {
  const hidden = emptied.find((path) => `${packageRoot}/`.startsWith(`${path}/`));
  if (hidden !== undefined)
    throw new NotHere(`this covers ${hidden}: run it in a clone that is somewhere else`);
  const cover = emptied.map((path) => `mount -t tmpfs -o mode=1777 tmpfs ${path}`).join(' && ');
  const { status, error } = spawnSync(
    'unshare',
    ['--mount', 'sh', '-c', `${cover} && exec "$@"`, 'sh', process.execPath, ...process.argv.slice(1)],
    { stdio: 'inherit', env: { ...process.env, [apart]: 'yes' } },
  );
  if (error !== undefined) throw error;
  // It has said why it could not be tried.
  if (status === 3) process.exit(3);
  return status === 0;
}

const apart = 'SERVICES_APART';
run(process.env[apart] === undefined ? runApart : main);
