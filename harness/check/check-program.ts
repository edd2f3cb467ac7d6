/** A check as a test asks for it: a command and what differs from the defaults. */

import type { Policy } from '../judge/profile.ts';
import { findProgram } from '../launch/find-program.ts';
import type { Report } from '../report/report.ts';
import { pidfileProbes } from './probes-asked-for.ts';
import type { CheckRequest } from './request.ts';

/** A program's name or path, or its words: `['./mydaemon', '--port', '0']`. */
export type Command = string | readonly [string, ...string[]];

type Settable =
  | 'profile'
  | 'only'
  | 'skip'
  | 'strict'
  | 'failOn'
  | 'expectedFailures'
  | 'starts'
  | 'timeoutMs'
  | 'stopTimeoutMs'
  | 'deadlineMs';

/** What the options of the command line of the same names say. Milliseconds. */
export interface CheckOptions
  extends Partial<Pick<CheckRequest, Settable | 'cwd' | 'env' | 'signal' | 'onProgress' | 'onProbing'>> {
  /** What the program declares of itself: its pidfile, mask, directory and so on. */
  readonly policy?: Partial<Policy>;
  /**
   * Probe behaviour too: all of it, or without what launches many times. Absent: state alone is judged, and what concerns
   * the pidfile where one is declared.
   */
  readonly probing?: 'all' | 'quick';
}

/** The program cannot be found or executed; the message says why. */
export class NoSuchProgram extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoSuchProgram';
  }
}

/** Checks one program by a check, that of a checker for instance, and ends whatever it became. @throws NoSuchProgram */
export function checkBy(
  by: (request: CheckRequest) => Promise<Report>,
  command: Command,
  options: CheckOptions = {},
): Promise<Report> {
  const { policy = {}, probing, cwd = process.cwd(), env = ownEnvironment(), ...given } = options;
  const argv = typeof command === 'string' ? [command] : command;
  const program = findProgram(argv[0] ?? '', { cwd, path: env.PATH });
  if (program.kind === 'error') return Promise.reject(new NoSuchProgram(program.message));
  return by({
    ...given,
    ...probingOf(probing, policy),
    argv,
    path: program.path,
    cwd,
    env,
    overrides: policy,
  });
}

function probingOf(
  probing: CheckOptions['probing'],
  { pidfile = null }: Partial<Policy>,
): Pick<CheckRequest, 'probing'> {
  if (probing !== undefined) return { probing: { quick: probing === 'quick', repeat: null } };
  return pidfile === null ? {} : { probing: { quick: false, repeat: null, only: pidfileProbes } };
}

function ownEnvironment(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
