/** One thing that was written, given to the built program: as a user would, with all that it launches. */

import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../harness/package-root.ts';
import { type Answer, faultIn } from './fault.ts';
import { type FuzzCase, inDirectoryOf } from './play.ts';

/** A check may take so long, whatever was asked for: programs are among them that wait for somebody to type. */
const options = '--deadline 5s --timeout 2s';
/**
 * The deadline, the time that ending may take (15 s, harness/launch/launcher-client.ts) and as much again for each of
 * the three programs that a batch has, on a machine that does other things. Milliseconds.
 */
const hangsAfterMs = 180_000;
/** More than the largest report. */
const heardAtMost = 2 ** 24;

/** Whoever asks for a longer time is given it: nothing could be told from a hang. */
export const asksForTime = ({ argv, files }: FuzzCase): boolean =>
  argv.some((word) => word.startsWith('--deadline')) ||
  Object.values(files).some((text) => text.includes('"deadline":'));

export function playBuilt(made: FuzzCase, directory: string): Promise<Answer> {
  return inDirectoryOf(made, directory, async (own) => {
    const temporary = join(own, 'tmp');
    mkdirSync(temporary);
    const child = spawn(join(packageRoot, 'harness/bin.cjs'), made.argv, {
      cwd: own,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, TMPDIR: temporary, DAEMON_CONFORMANCE_OPTS: options },
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        if (said[name].length < heardAtMost) said[name] += text;
      });
    }
    let hung = false;
    const timer = setTimeout(() => {
      hung = true;
      child.kill('SIGKILL');
    }, hangsAfterMs);
    const [status, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (...how) => resolve(how));
    });
    clearTimeout(timer);
    if (hung) return { status: null, fault: `it hangs: ${said.stderr.slice(-2000)}` };
    if (signal !== null) return { status, fault: `ended by ${signal}: ${said.stderr.slice(-2000)}` };
    const left = readdirSync(temporary);
    if (left.length > 0) return { status, fault: `left in the temporary directory: ${left.join(' ')}` };
    const wrote = readdirSync(own).length > Object.keys(made.files).length + 1;
    return { status, fault: faultIn({ status, ...said, wrote }) };
  });
}
