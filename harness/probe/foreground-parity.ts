/** The program in the foreground beside what it becomes as a daemon: mask and modes of what it creates. */

import { notRun, type Unavailable, unavailable } from '../facts/finding.ts';
import { isUnreadable } from '../facts/process.ts';
import { attemptOf } from './attempt.ts';
import { createdSince, listingOf } from './created-files.ts';
import type { Probe } from './probe.ts';
import type { LaunchOptions, ProbeContext } from './probe-context.ts';

/** The program in the foreground beside the daemon. */
export interface Parity {
  readonly kind: 'parity';
  readonly masks: { readonly foreground: string; readonly daemon: string };
  /** Files that both create, with their modes. */
  readonly files: readonly {
    readonly path: string;
    readonly foreground: string;
    readonly daemon: string;
  }[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'foreground-parity': Parity;
  }
}

interface Mode {
  readonly mask: string;
  readonly modes: ReadonlyMap<string, string>;
}

async function modeOf(
  context: ProbeContext,
  extra: Partial<LaunchOptions>,
  foreground: boolean,
): Promise<Mode | Unavailable> {
  const { created } = context.declared;
  const before = listingOf(created);
  const start = context.plainStart;
  return context.launched(
    { start, restsOn: ['file-mode-creation-mask'], ...extra },
    async (launch): Promise<Mode | Unavailable> => {
      const { daemon, start: how } = await attemptOf(context, launch, { foreground });
      const what = foreground ? 'in the foreground it does not stay' : 'it comes to no daemon';
      if (daemon === null) {
        return unavailable(`${what}: ${how.ending ?? 'it does not return'}${how.said && ` (${how.said})`}`);
      }
      const mask = daemon.fileModeCreationMask;
      if (isUnreadable(mask)) return unavailable(`its mask cannot be read: ${mask.unreadable}`);
      const files = createdSince(before, listingOf(created));
      return { mask, modes: new Map(files.map(({ path, mode }) => [path, mode])) };
    },
  );
}

async function compare(
  context: ProbeContext,
  argumentsInstead: readonly string[],
): Promise<Parity | Unavailable> {
  const daemon = await modeOf(context, {}, false);
  if ('kind' in daemon) return daemon;
  const foreground = await modeOf(context, { argumentsInstead }, true);
  if ('kind' in foreground) return foreground;
  const files = [...foreground.modes].flatMap(([path, mode]) => {
    const other = daemon.modes.get(path);
    return other === undefined ? [] : [{ path, foreground: mode, daemon: other }];
  });
  return { kind: 'parity', masks: { foreground: foreground.mask, daemon: daemon.mask }, files };
}

export const foregroundParity: Probe<'foreground-parity'> = {
  name: 'foreground-parity',
  start: 'clean, as a daemon and in the foreground',
  repeated: false,
  foreground: false,
  run: async (context) => {
    const { foregroundArguments } = context.declared;
    return foregroundArguments === null
      ? notRun('no arguments are declared with which it stays in the foreground: --foreground-args ARGS')
      : context.inTurn(() => compare(context, foregroundArguments));
  },
};
