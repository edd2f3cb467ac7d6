/**
 * `npm run bench`: what a check costs, beside Node itself, C, and what people would use in its place. One run, side by
 * side; writes reports/<platform>/bench.json and the table of README.md beside it. Needs a C compiler; no test depends on it.
 *
 *   node dist/suites/bench/bench.js [ROUNDS] [--dry-run [WORD...]]
 *
 * With --dry-run nothing is written, and words choose those whose names have one of them.
 */

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChecker } from '../../harness/check/checker.ts';
import { libcVersion } from '../../harness/libc/version.ts';
import { describePlatform } from '../../harness/observe/platform.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { catalogue } from '../catalogue/catalogue.ts';
import { platformFolder } from '../syscalls/run/reference.ts';
import { fieldIn } from './contestants.ts';
import { measure } from './measure.ts';
import { promiseRates } from './promises-per-second.ts';
import { insertBench, renderBench } from './table.ts';

/** The scripts look once, and on a busy machine the daemon may not be there yet. */
function endStrays(path: string): void {
  let found = false;
  for (const pid of readdirSync('/proc').map(Number)) {
    try {
      if (pid > 0 && readlinkSync(`/proc/${pid}/exe`) === path) {
        found = true;
        process.kill(pid, 'SIGKILL');
      }
    } catch {
      // It is gone, or somebody else's.
    }
  }
  // One that was found may have forked meanwhile.
  if (found) endStrays(path);
}

async function bench(rounds: number, dry: boolean, words: readonly string[]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const checker = openChecker(catalogue);
  try {
    const { contestants, absent, daemon } = fieldIn(directory, checker);
    const chosen = contestants.filter(
      ({ name, atMost, checks }) =>
        (atMost === null && checks === null) ||
        !dry ||
        words.length === 0 ||
        words.some((word) => name.includes(word)),
    );
    const measured = await measure(chosen, rounds, () => endStrays(daemon));
    const table = renderBench(measured, absent);
    const promises = await promiseRates(Math.min(rounds, 5));
    process.stdout.write(`${table}\n\npromises a second: ${JSON.stringify(promises)}\n`);
    if (dry) return;
    const libc = libcVersion();
    const platform = describePlatform(libc);
    const folder = join(packageRoot, 'reports', platformFolder({ ...platform, examinedLibc: libc }));
    mkdirSync(folder, { recursive: true });
    const figures = { schemaVersion: 1, platform, rounds, measured, absent, promisesPerSecond: promises };
    writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(figures, null, 2)}\n`);
    const readme = join(packageRoot, 'suites/bench/README.md');
    writeFileSync(readme, insertBench(readFileSync(readme, 'utf8'), table));
  } finally {
    await checker.close();
    rmSync(directory, { recursive: true });
  }
}

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [rounds = '11'] = words.filter((word) => /^\d+$/.test(word));
void bench(
  Number(rounds),
  process.argv.includes('--dry-run'),
  words.filter((word) => word !== rounds),
);
