/** Every probe by its name, those that launch many times last: the others are not to wait for their turns. */

import type { ProbeName } from '../observe/finding.ts';
import { backgroundStart } from './background-start.ts';
import { capturedOutput } from './captured-output.ts';
import { descriptorLimitCost } from './descriptor-limit-cost.ts';
import { inheritedLock } from './inherited-lock.ts';
import { inheritedPipe } from './inherited-pipe.ts';
import { keyboardSignals } from './keyboard-signals.ts';
import { leaderStart } from './leader-start.ts';
import { logout } from './logout.ts';
import { outputAfterHangup } from './output-after-hangup.ts';
import type { Probe } from './probe.ts';
import { sessionSighup } from './session-sighup.ts';
import { sighupReload } from './sighup-reload.ts';
import { startupTermination } from './startup-termination.ts';
import { terminalAcquisition } from './terminal-acquisition.ts';
import { terminalHangup } from './terminal-hangup.ts';
import { terminalOutput } from './terminal-output.ts';
import { termination } from './termination.ts';
import { terminationAfterHostileStart } from './termination-after-hostile-start.ts';

export const probes: { readonly [P in ProbeName]: Probe<P> } = {
  'descriptor-limit-cost': descriptorLimitCost,
  'output-after-hangup': outputAfterHangup,
  termination,
  'termination-after-hostile-start': terminationAfterHostileStart,
  'terminal-hangup': terminalHangup,
  'session-sighup': sessionSighup,
  logout,
  'keyboard-signals': keyboardSignals,
  'background-start': backgroundStart,
  'terminal-output': terminalOutput,
  'terminal-acquisition': terminalAcquisition,
  'captured-output': capturedOutput,
  'inherited-pipe': inheritedPipe,
  'inherited-lock': inheritedLock,
  'sighup-reload': sighupReload,
  'leader-start': leaderStart,
  'startup-termination': startupTermination,
};
