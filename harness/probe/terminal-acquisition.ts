/** The program is given a terminal of nobody's session to open, and may take it for its controlling one. */

import { type Holder, notRun, type RemainingProcess, type Unavailable } from '../facts/finding.ts';
import { isUnreadable } from '../facts/process.ts';
import { platform } from '../libc/platform.ts';
import { openPseudoTerminal } from '../libc/stdlib.ts';
import { close } from '../libc/unistd.ts';
import type { Probe } from './probe.ts';
import type { ProbeContext } from './probe-context.ts';
import { holdersOf, remainingOf } from './processes.ts';

/** The terminal that was given to the program to open, and the process that then had it for its controlling one. */
export interface Acquisition {
  readonly kind: 'acquisition';
  readonly terminal: string;
  readonly opened: readonly Holder[];
  readonly acquiredBy: readonly RemainingProcess[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'terminal-acquisition': Acquisition;
  }
}

const O_RDWR = 2;

async function offer(
  context: ProbeContext,
  argument: string,
  path: string,
): Promise<Acquisition | Unavailable> {
  return context.settled(
    { start: context.plainStart, restsOn: [], arguments: [argument.replaceAll('{}', path)] },
    async ({ run }): Promise<Acquisition> => ({
      kind: 'acquisition',
      terminal: path,
      opened: holdersOf(run.processes, ({ target }) => target === path),
      acquiredBy: run.processes
        .filter(({ terminal }) => !isUnreadable(terminal) && terminal?.name === path)
        .map(remainingOf),
    }),
  );
}

export const terminalAcquisition: Probe<'terminal-acquisition'> = {
  name: 'terminal-acquisition',
  start: 'clean, with a terminal to open',
  repeated: false,
  foreground: true,
  run: async (context) => {
    const { terminalArgument } = context.declared;
    if (terminalArgument === null) {
      return notRun('no argument is declared that gives the program a terminal to open: --terminal-arg ARG');
    }
    return context.inTurn(async () => {
      // The master stays open here, so that the terminal exists for as long as the program may open it.
      const { master, slave } = openPseudoTerminal(O_RDWR | platform.O_NOCTTY | platform.O_CLOEXEC);
      try {
        return await offer(context, terminalArgument, slave);
      } finally {
        close(master);
      }
    });
  },
};
