/**
 * Every probe by its name. First those that may have to wait, for a clock or until a signal stays blocked for good, last
 * those that launch many times: the others are not to wait for their turns. Those that try one daemon together come in
 * this order: who looks, who does something to what it has left, who ends it.
 */

import type { ProbeName } from '../facts/finding.ts';
import { armedAlarm } from './armed-alarm.ts';
import { backgroundStart } from './background-start.ts';
import { capturedOutput } from './captured-output.ts';
import { concurrentStart } from './concurrent-start.ts';
import { createdFileModes } from './created-file-modes.ts';
import { descriptorLimitCost } from './descriptor-limit-cost.ts';
import { emptyEnvironment } from './empty-environment.ts';
import { foregroundParity } from './foreground-parity.ts';
import { inheritedLock } from './inherited-lock.ts';
import { inheritedPipe } from './inherited-pipe.ts';
import { keyboardSignals } from './keyboard-signals.ts';
import { leaderStart } from './leader-start.ts';
import { liveness } from './liveness.ts';
import { logout } from './logout.ts';
import { notification } from './notification.ts';
import { outputAfterHangup } from './output-after-hangup.ts';
import { partialPidfile } from './partial-pidfile.ts';
import { pidfile } from './pidfile.ts';
import { pinnedFilesystem } from './pinned-filesystem.ts';
import { plantedPidfile } from './planted-pidfile.ts';
import type { Probe } from './probe.ts';
import { readiness } from './readiness.ts';
import { readyAtReturn } from './ready-at-return.ts';
import { secondStart } from './second-start.ts';
import { sessionSighup } from './session-sighup.ts';
import { sighupReload } from './sighup-reload.ts';
import { stalePidfile } from './stale-pidfile.ts';
import { startFailure } from './start-failure.ts';
import { startupTermination } from './startup-termination.ts';
import { terminalAcquisition } from './terminal-acquisition.ts';
import { terminalHangup } from './terminal-hangup.ts';
import { terminalOutput } from './terminal-output.ts';
import { termination } from './termination.ts';
import { terminationAfterHostileStart } from './termination-after-hostile-start.ts';
import { unreachableDirectory } from './unreachable-directory.ts';

export const probes: { readonly [P in ProbeName]: Probe<P> } = {
  'armed-alarm': armedAlarm,
  'startup-termination': startupTermination,
  'inherited-pipe': inheritedPipe,
  'inherited-lock': inheritedLock,
  'termination-after-hostile-start': terminationAfterHostileStart,
  'descriptor-limit-cost': descriptorLimitCost,
  'captured-output': capturedOutput,
  'terminal-output': terminalOutput,
  'keyboard-signals': keyboardSignals,
  'output-after-hangup': outputAfterHangup,
  'session-sighup': sessionSighup,
  liveness,
  'pinned-filesystem': pinnedFilesystem,
  logout,
  'terminal-hangup': terminalHangup,
  termination,
  'background-start': backgroundStart,
  'terminal-acquisition': terminalAcquisition,
  'sighup-reload': sighupReload,
  pidfile,
  'planted-pidfile': plantedPidfile,
  'stale-pidfile': stalePidfile,
  'second-start': secondStart,
  readiness,
  'ready-at-return': readyAtReturn,
  'start-failure': startFailure,
  'created-file-modes': createdFileModes,
  'unreachable-directory': unreachableDirectory,
  'empty-environment': emptyEnvironment,
  'foreground-parity': foregroundParity,
  notification,
  'leader-start': leaderStart,
  'concurrent-start': concurrentStart,
  'partial-pidfile': partialPidfile,
};
