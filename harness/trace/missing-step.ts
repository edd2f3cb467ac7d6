/**
 * Which step is missing, or came in the wrong order, where a requirement failed: data per requirement, read from the
 * steps that were traced after the same start. Pure. Where the steps do not show it there is no sentence: the traced
 * launch is another one than the one that was judged, and may have gone another way.
 */

import type { StartName } from '../facts/start-state.ts';
import type { StepTrace } from '../facts/trace.ts';
import { changesRoot, keepsDescriptors, keepsMask, keepsStreams, staysInDirectory } from './explain-files.ts';
import {
  daemonEnds,
  keepsGroups,
  neverCalled,
  parentStays,
  returnsEarly,
  starterFails,
  starterStays,
} from './explain-processes.ts';
import { ignoresOwn, keepsIgnored, keepsSignalMask } from './explain-signals.ts';
import { acquiresTerminal, holdsTerminal, leadsSession, noSession } from './explain-terminal.ts';
import { either, type StepExplanation, walkOf } from './walk.ts';

/** `setsid(2) succeeded, no fork(2) followed`; null if the steps do not show why. */
export function missingStep(requirement: string, trace: StepTrace, start: StartName): string | null {
  const explain = explanations[requirement];
  const walk = walkOf(trace, start);
  return explain === undefined || walk === null ? null : explain(walk);
}

/** Requirements whose failure a step can explain. */
export const explainedRequirements = (): readonly string[] => Object.keys(explanations);

const session = either(noSession);
const terminal = either(noSession, acquiresTerminal);
const streams = keepsStreams;

const explanations: Readonly<Record<string, StepExplanation>> = {
  session,
  'process-group': session,
  'detached-start': either(noSession, daemonEnds),
  'leader-start': either(noSession, daemonEnds),
  'session-leader': leadsSession,
  'terminal-acquisition': leadsSession,
  'controlling-terminal': terminal,
  'foreground-process-group': terminal,
  'terminal-hangup': session,
  'session-sighup': session,
  logout: session,
  'keyboard-signals': session,
  'working-directory': staysInDirectory,
  'unreachable-directory': staysInDirectory,
  'pinned-filesystem': staysInDirectory,
  'root-directory': changesRoot,
  'file-mode-creation-mask': keepsMask,
  'inherited-file-mode-creation-mask': keepsMask,
  'created-file-modes': keepsMask,
  'standard-streams': streams,
  'terminal-output': streams,
  'output-after-hangup': streams,
  'captured-output': either(streams, keepsDescriptors),
  'terminal-descriptors': either(streams, holdsTerminal, keepsDescriptors),
  'inherited-descriptors': keepsDescriptors,
  'inherited-descriptors-above-limit': keepsDescriptors,
  'inherited-pipe': keepsDescriptors,
  'inherited-lock': keepsDescriptors,
  'ignored-signals': keepsIgnored(),
  'ignored-sigchld': keepsIgnored('SIGCHLD'),
  'ignored-sigpipe': keepsIgnored('SIGPIPE'),
  'sighup-disposition': ignoresOwn('SIGHUP'),
  'job-control-dispositions': ignoresOwn('SIGTSTP', 'SIGTTIN', 'SIGTTOU'),
  'signal-mask': keepsSignalMask,
  'termination-after-hostile-start': keepsSignalMask,
  'starter-return': starterStays,
  'starter-exit-status': starterFails,
  'lingering-intermediate': parentStays,
  'parent-process': parentStays,
  'surviving-processes': daemonEnds,
  stability: daemonEnds,
  'ready-at-return': returnsEarly,
  'user-ids': neverCalled('setuid'),
  'supplementary-groups': keepsGroups,
  'nice-value': neverCalled('setpriority'),
};
