/** The environment and the directory a program is launched with. */

import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { StartState } from '../facts/start-state.ts';
import { markersOf } from './dimensions/environment-marker.ts';

/** What npm and npx add for themselves, which the program's user would not have. */
const ofNpm = /^(npm_|NODE$|INIT_CWD$|COLOR$)/;
const pathOfNpm = /\/node_modules\/\.bin$|\/node_modules\/(?:npm\/node_modules\/)?@npmcli\/run-script\//;

/** NAME=value, without npm's own additions and with the marker where the start state plants it. */
export function environmentFor(
  start: StartState,
  given: Readonly<Record<string, string>>,
): readonly string[] {
  const runByNpm = 'npm_execpath' in given || 'npm_lifecycle_event' in given;
  const lines: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (runByNpm && ofNpm.test(name)) continue;
    const kept =
      runByNpm && name === 'PATH'
        ? value
            .split(':')
            .filter((one) => !pathOfNpm.test(one))
            .join(':')
        : value;
    lines.push(`${name}=${kept}`);
  }
  return [...lines, ...markersOf(start)];
}

/**
 * Whether an argument names an existing file relative to the user's directory, `conf/redis.conf` or `--config=x.ini`.
 * From a fresh directory such a program would fail for a reason that is none of its own.
 */
export function needsDirectory(argv: readonly string[], directory: string): boolean {
  return argv.slice(1).some((word) => {
    const named = word.startsWith('-') ? word.slice(word.indexOf('=') + 1) : word;
    if (named === '' || isAbsolute(named) || named.startsWith('-')) return false;
    return named !== '.' && existsSync(join(directory, named));
  });
}
