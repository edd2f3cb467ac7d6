/**
 * Whether this build tells of every fixture what another one tells: `npm run same-reports -- ROOT [--but=PATTERN]...
 * [NAME...]`, where ROOT is a built clone and NAME a fixture of the matrix, all of them unless told otherwise. Both check
 * it at the same time, so that they find the same machine; what is in their JSON is compared but for dates, times,
 * identities and process IDs, for what was seen on the way to the end, and for the lines that fit a PATTERN, a regular
 * expression for what was changed on purpose. Fixtures that race say now this, now that: what differs is asked for again,
 * and told if it differs each time. Exit status 0 if all reports are the same, 1 if one differs, 3 where nothing could be
 * compared.
 */

import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../harness/package-root.ts';
import { run, say, secondsSince } from '../soak/script.ts';
import type { Expectation } from './expectations/expectation.ts';
import { matrix } from './matrix.ts';

/** What differs from one launch to the next, whatever was built. */
const ofTheLaunch =
  /^(pid|tid|session|processGroup|foregroundProcessGroup|startTime|startedAt|identity|daemon|inode|.*Ms)$/;
/** What had happened when somebody looked: the pace of the machine. */
const onTheWay = /^(atReturn|timeline|settling)$/;

/** Numbers and temporary names are of the launch; what is left of a text is what the harness says. */
function plainText(text: string): string {
  return text
    .replaceAll(/(?:\/tmp)?\/(?:daemon-conformance|same-reports)-\w+(?:\/[a-z-]+-\w{6})?/g, '/TEMPORARY')
    .replaceAll(/\d+(?:\.\d+)?/g, '#');
}

type Line = readonly [path: string, value: string];

/** One line for each value, in the order of the report. */
function linesOf(value: unknown, path = ''): readonly Line[] {
  if (Array.isArray(value)) return value.flatMap((one, i) => linesOf(one, `${path}[${i}]`));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, one]) => {
      if (onTheWay.test(name)) return [];
      const isParent = name === 'parent' && typeof one === 'number';
      return isParent || ofTheLaunch.test(name)
        ? [[`${path}.${name}`, typeof one] as const]
        : linesOf(one, `${path}.${name}`);
    });
  }
  return [[path, typeof value === 'string' ? plainText(value) : JSON.stringify(value)]];
}

interface Answer {
  readonly status: number;
  readonly report: unknown;
}

function ask(root: string, each: Expectation, directory: string): Promise<Answer> {
  const name = each.name.replaceAll(/[^a-z0-9]+/g, '-');
  const where = mkdtempSync(join(directory, `${name}-`));
  const pidfile = join(where, 'its.pid');
  const { program } = each;
  const argv =
    program.kind === 'command'
      ? program.argv
      : [process.execPath, '--single-threaded', join(packageRoot, 'dist/fixtures', `${program.path}.js`)];
  const declared = each.pidfile ? ['--pidfile', pidfile] : [];
  const command = [join(root, 'harness/bin.cjs'), '-q', '--quick', '-f', `json=${where}/report.json`];
  const profile = ['--profile', each.foreground ? 'supervised' : 'sysv'];
  const all = [...command, ...profile, ...declared, '--', ...argv, ...each.arguments];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, each.pidfile ? [...all, pidfile] : all, { cwd: where }, (error) => {
      const status = error === null ? 0 : error.code;
      if (typeof status !== 'number') return reject(error);
      try {
        resolve({ status, report: JSON.parse(readFileSync(join(where, 'report.json'), 'utf8')) });
      } catch (cause) {
        reject(new Error(`${root} wrote no report of ${each.name}, status ${status}`, { cause }));
      }
    });
  });
}

/** What only one of them says, `-` before and `+` now; without what was changed on purpose. */
function differences(before: Answer, now: Answer, onPurpose: readonly RegExp[]): readonly string[] {
  const said = ({ status, report }: Answer): readonly string[] =>
    [`exit status ${status}`, ...linesOf(report).map(([path, value]) => `${path} ${value}`)].filter(
      (line) => !onPurpose.some((pattern) => pattern.test(line)),
    );
  const [was, is] = [new Set(said(before)), new Set(said(now))];
  const gone = [...was].filter((line) => !is.has(line));
  const come = [...is].filter((line) => !was.has(line));
  return [...gone.map((line) => `  - ${line}`), ...come.map((line) => `  + ${line}`)];
}

/** Lines that are told of each. */
const linesTold = 12;
/** A race that goes either way half the time differs so often in a row once in sixteen. */
const tries = 5;

async function lastingDifferences(
  root: string,
  each: Expectation,
  directory: string,
  onPurpose: readonly RegExp[],
): Promise<readonly string[]> {
  let lasting: readonly string[] | null = null;
  for (let tried = 0; tried < tries && lasting?.length !== 0; tried++) {
    const both = await Promise.all([ask(root, each, directory), ask(packageRoot, each, directory)]);
    const found = differences(...both, onPurpose);
    lasting = lasting === null ? found : lasting.filter((line) => found.includes(line));
  }
  return lasting ?? [];
}

/** @throws RangeError if there is no such fixture, or no built clone */
function chosenFrom(root: string, names: readonly string[]): readonly Expectation[] {
  if (root === '')
    throw new RangeError('same-reports ROOT [NAME...]: which clone is it to be compared with?');
  if (!existsSync(join(root, 'dist/bundle')))
    throw new RangeError(`${root} is not a built clone: npm run build there`);
  const unknown = names.filter((name) => !matrix.some((each) => each.name === name));
  if (unknown.length > 0) {
    throw new RangeError(
      `no fixture of the matrix is named ${unknown.map((name) => `'${name}'`).join(', ')}: suites/programs/expectations has the names`,
    );
  }
  return matrix.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function main(): Promise<boolean> {
  const words = process.argv.slice(2);
  const but = /^--but=(.+)$/;
  const onPurpose = words.flatMap((word) => but.exec(word)?.[1] ?? []).map((each) => new RegExp(each));
  const [root = '', ...names] = words.filter((word) => !but.test(word));
  const chosen = chosenFrom(root, names);
  const directory = mkdtempSync(join(tmpdir(), 'same-reports-'));
  const began = performance.now();
  let different = 0;
  try {
    for (const each of chosen) {
      const found = await lastingDifferences(root, each, directory, onPurpose);
      if (found.length === 0) continue;
      different++;
      say(`${each.name}: ${found.length} lines differ`);
      for (const line of found.slice(0, linesTold)) say(line);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  const took = secondsSince(began);
  say(`${chosen.length - different} of ${chosen.length} programs have the same report, ${took} s`);
  return different === 0;
}

run(main);
