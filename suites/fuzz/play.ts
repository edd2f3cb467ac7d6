/** One thing that was written, given to the command line of this process: what must not come of it, if it did. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../../harness/cli/io.ts';
import { main } from '../../harness/cli/main.ts';
import type { Services } from '../../harness/cli/services.ts';
import type { Report } from '../../harness/report/report.ts';
import { requirements } from '../requirements/index.ts';
import { type Answer, faultIn } from './fault.ts';
import { batchFile, commandLine, configFile, reportFile } from './grammar.ts';
import type { Random } from './random.ts';

export interface FuzzCase {
  readonly argv: readonly string[];
  /** Files that are put into the directory, by name. */
  readonly files: Readonly<Record<string, string>>;
}

export const fuzzKinds = ['line', 'config', 'batch', 'report'] as const;
export type FuzzKind = (typeof fuzzKinds)[number];

export function makeCase(kind: FuzzKind, random: Random, report: Report): FuzzCase {
  const files = { 'report.json': JSON.stringify(report) };
  switch (kind) {
    case 'line':
      return { argv: commandLine(random), files };
    case 'config':
      return { argv: ['--config=config.json', 'true'], files: { 'config.json': configFile(random) } };
    case 'batch':
      return { argv: ['batch', 'batch.json'], files: { 'batch.json': batchFile(random) } };
    case 'report': {
      const format = random.pick(['pretty', 'json', 'markdown', 'html']);
      const spoilt = { ...files, 'spoilt.json': reportFile(random, report) };
      return { argv: ['compare', 'report.json', 'spoilt.json', '-f', format], files: spoilt };
    }
  }
}

/** What the services answer that launch; anything else that fails is a fault of the harness. */
const asMeant = 'nothing is launched here';

function servicesWith(report: Report): Services {
  const none = (): Promise<never> => {
    const error = new Error(asMeant);
    // With --verbose it is told where an error comes from: this one from here, and any other from a fault.
    error.stack = asMeant;
    return Promise.reject(error);
  };
  return {
    check: async () => report,
    inspect: async () => report,
    findProcesses: async () => [],
    scratchDirectory: none,
    batch: none,
    requirements: async () => requirements,
    editFor: async () => null,
    promisesBehind: async () => [],
    diagnose: none,
    suite: none,
    planSuite: none,
    recordSuite: none,
    version: () => '0.0.0',
  };
}

/** A directory of its own, in which the files stand, for as long as something is done there. */
export async function inDirectoryOf<T>(
  { files }: FuzzCase,
  directory: string,
  use: (own: string) => Promise<T>,
): Promise<T> {
  const own = mkdtempSync(join(directory, 'case-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(own, name), text);
    return await use(own);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** Gives it to the command line, in a directory of its own below that one. */
export function play(made: FuzzCase, directory: string, report: Report): Promise<Answer> {
  return inDirectoryOf(made, directory, async (own) => {
    const said = { stdout: '', stderr: '' };
    const output = (name: 'stdout' | 'stderr') => ({
      isTTY: false,
      columns: null,
      write: async (text: string) => {
        said[name] += text;
      },
    });
    const io: Io = {
      stdout: output('stdout'),
      stderr: output('stderr'),
      env: { PATH: '/usr/bin:/bin' },
      cwd: own,
      onStopSignal: () => () => {},
    };
    try {
      const status = await main(made.argv, io, servicesWith(report));
      const wrote = readdirSync(own).length > Object.keys(made.files).length;
      return { status, fault: faultIn({ status, ...said, wrote }) ?? faultOfHarness(status, said.stderr) };
    } catch (error) {
      return { status: null, fault: `it threw ${error instanceof Error ? error.stack : String(error)}` };
    }
  });
}

/** Nothing can fail in here but what is meant to, and a report that cannot be written. */
function faultOfHarness(status: number, stderr: string): string | null {
  if (status !== 3) return null;
  const meant = new RegExp(`^(daemon-conformance: )?(${asMeant}|.* could not be written \\(E[A-Z]+\\))$`);
  const others = stderr.split('\n').filter((line) => line !== '' && !meant.test(line));
  return others.length === 0 && stderr !== '' ? null : `the harness failed: ${stderr}`;
}
