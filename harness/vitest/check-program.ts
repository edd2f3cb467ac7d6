/** A check as a test asks for it: a command and what differs from the defaults. */

import { profiles } from '../../suites/profiles/index.ts';
import { check } from '../check/checker.ts';
import type { CheckRequest } from '../check/request.ts';
import type { Policy } from '../judge/profile.ts';
import { findProgram } from '../launch/find-program.ts';
import type { Report } from '../report/report.ts';

/** A program's name or path, or its words: `['./mydaemon', '--port', '0']`. */
export type Command = string | readonly [string, ...string[]];

type Settable = 'profile' | 'only' | 'skip' | 'strict' | 'expectedFailures' | 'starts' | 'timeoutMs';

/** What the options of the command line of the same names say. Milliseconds. */
export interface CheckOptions extends Partial<Pick<CheckRequest, Settable | 'cwd' | 'env' | 'signal'>> {
  /** What the program declares of itself: its pidfile, mask, directory and so on. */
  readonly policy?: Partial<Policy>;
  /** Probe behaviour too: all of it, or without what launches many times. Absent: state alone is judged. */
  readonly probing?: 'all' | 'quick';
}

/** The program cannot be found or executed; the message says why. */
export class NoSuchProgram extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoSuchProgram';
  }
}

/** Checks one program and ends whatever it became. @throws NoSuchProgram */
export function checkProgram(command: Command, options: CheckOptions = {}): Promise<Report> {
  return checkBy(check, command, options);
}

/** The same by another check, that of a checker. @throws NoSuchProgram */
export function checkBy(
  by: (request: CheckRequest) => Promise<Report>,
  command: Command,
  options: CheckOptions = {},
): Promise<Report> {
  const {
    policy = {},
    probing,
    profile = 'sysv',
    cwd = process.cwd(),
    env = ownEnvironment(),
    ...given
  } = options;
  const argv = typeof command === 'string' ? [command] : command;
  const program = findProgram(argv[0] ?? '', { cwd, path: env.PATH });
  if (program.kind === 'error') return Promise.reject(new NoSuchProgram(program.message));
  return by({
    only: null,
    skip: [],
    strict: false,
    expectedFailures: {},
    starts: profiles[profile].starts,
    timeoutMs: 10_000,
    keep: false,
    ...given,
    ...(probing === undefined ? {} : { probing: { quick: probing === 'quick', repeat: null } }),
    argv,
    path: program.path,
    cwd,
    env,
    profile,
    overrides: policy,
  });
}

function ownEnvironment(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
