// Written by write-index.ts from the folders beside it; npm run catalogue writes it anew.

import type { Requirement } from '../../harness/judge/requirement.ts';
import { capturedOutput } from './descriptors/captured-output.ts';
import { closedStandardStreams } from './descriptors/closed-standard-streams.ts';
import { descriptorLimitCost } from './descriptors/descriptor-limit-cost.ts';
import { inheritedDescriptors } from './descriptors/inherited-descriptors.ts';
import { inheritedDescriptorsAboveLimit } from './descriptors/inherited-descriptors-above-limit.ts';
import { inheritedLock } from './descriptors/inherited-lock.ts';
import { inheritedPipe } from './descriptors/inherited-pipe.ts';
import { keptStandardStreams } from './descriptors/kept-standard-streams.ts';
import { standardStreams } from './descriptors/standard-streams.ts';
import { workerDescriptors } from './descriptors/worker-descriptors.ts';
import { emptyEnvironment } from './environment/empty-environment.ts';
import { environment } from './environment/environment.ts';
import { niceValue } from './environment/nice-value.ts';
import { oomScoreAdjustment } from './environment/oom-score-adjustment.ts';
import { resourceLimits } from './environment/resource-limits.ts';
import { createdFileModes } from './files/created-file-modes.ts';
import { fileModeCreationMask } from './files/file-mode-creation-mask.ts';
import { foregroundParity } from './files/foreground-parity.ts';
import { inheritedFileModeCreationMask } from './files/inherited-file-mode-creation-mask.ts';
import { pinnedFilesystem } from './files/pinned-filesystem.ts';
import { rootDirectory } from './files/root-directory.ts';
import { unreachableDirectory } from './files/unreachable-directory.ts';
import { workingDirectory } from './files/working-directory.ts';
import { capabilities } from './privileges/capabilities.ts';
import { supplementaryGroups } from './privileges/supplementary-groups.ts';
import { userIds } from './privileges/user-ids.ts';
import { foreground } from './process/foreground.ts';
import { ignoredSigchldStart } from './process/ignored-sigchld-start.ts';
import { lingeringIntermediate } from './process/lingering-intermediate.ts';
import { liveness } from './process/liveness.ts';
import { parentProcess } from './process/parent-process.ts';
import { readyAtReturn } from './process/ready-at-return.ts';
import { runState } from './process/run-state.ts';
import { stability } from './process/stability.ts';
import { starterExitStatus } from './process/starter-exit-status.ts';
import { starterReturn } from './process/starter-return.ts';
import { survivingProcesses } from './process/surviving-processes.ts';
import { watchdog } from './process/watchdog.ts';
import { zombieChildren } from './process/zombie-children.ts';
import { detachedStart } from './session/detached-start.ts';
import { keptSession } from './session/kept-session.ts';
import { launchSession } from './session/launch-session.ts';
import { leaderStart } from './session/leader-start.ts';
import { processGroup } from './session/process-group.ts';
import { session } from './session/session.ts';
import { sessionLeader } from './session/session-leader.ts';
import { armedAlarm } from './signals/armed-alarm.ts';
import { ignoredSigchld } from './signals/ignored-sigchld.ts';
import { ignoredSignals } from './signals/ignored-signals.ts';
import { ignoredSigpipe } from './signals/ignored-sigpipe.ts';
import { jobControlDispositions } from './signals/job-control-dispositions.ts';
import { pendingSignals } from './signals/pending-signals.ts';
import { sighupDisposition } from './signals/sighup-disposition.ts';
import { signalMask } from './signals/signal-mask.ts';
import { concurrentStart } from './start-up/concurrent-start.ts';
import { partialPidfile } from './start-up/partial-pidfile.ts';
import { pidfile } from './start-up/pidfile.ts';
import { pidfileMode } from './start-up/pidfile-mode.ts';
import { plantedPidfile } from './start-up/planted-pidfile.ts';
import { readiness } from './start-up/readiness.ts';
import { readinessNotification } from './start-up/readiness-notification.ts';
import { secondStart } from './start-up/second-start.ts';
import { stalePidfile } from './start-up/stale-pidfile.ts';
import { startFailure } from './start-up/start-failure.ts';
import { sighupReload } from './stopping/sighup-reload.ts';
import { startupTermination } from './stopping/startup-termination.ts';
import { stopNotification } from './stopping/stop-notification.ts';
import { termination } from './stopping/termination.ts';
import { terminationAfterHostileStart } from './stopping/termination-after-hostile-start.ts';
import { terminationLeftovers } from './stopping/termination-leftovers.ts';
import { terminationStatus } from './stopping/termination-status.ts';
import { terminationSurvivors } from './stopping/termination-survivors.ts';
import { backgroundStart } from './terminal/background-start.ts';
import { controllingTerminal } from './terminal/controlling-terminal.ts';
import { foregroundProcessGroup } from './terminal/foreground-process-group.ts';
import { keyboardSignals } from './terminal/keyboard-signals.ts';
import { logout } from './terminal/logout.ts';
import { outputAfterHangup } from './terminal/output-after-hangup.ts';
import { sessionSighup } from './terminal/session-sighup.ts';
import { terminalAcquisition } from './terminal/terminal-acquisition.ts';
import { terminalDescriptors } from './terminal/terminal-descriptors.ts';
import { terminalHangup } from './terminal/terminal-hangup.ts';
import { terminalOutput } from './terminal/terminal-output.ts';

export const requirementIds = [
  'foreground',
  'ignored-sigchld-start',
  'lingering-intermediate',
  'liveness',
  'parent-process',
  'ready-at-return',
  'run-state',
  'stability',
  'starter-exit-status',
  'starter-return',
  'surviving-processes',
  'watchdog',
  'zombie-children',
  'detached-start',
  'kept-session',
  'launch-session',
  'leader-start',
  'process-group',
  'session',
  'session-leader',
  'background-start',
  'controlling-terminal',
  'foreground-process-group',
  'keyboard-signals',
  'logout',
  'output-after-hangup',
  'session-sighup',
  'terminal-acquisition',
  'terminal-descriptors',
  'terminal-hangup',
  'terminal-output',
  'created-file-modes',
  'file-mode-creation-mask',
  'foreground-parity',
  'inherited-file-mode-creation-mask',
  'pinned-filesystem',
  'root-directory',
  'unreachable-directory',
  'working-directory',
  'captured-output',
  'closed-standard-streams',
  'descriptor-limit-cost',
  'inherited-descriptors',
  'inherited-descriptors-above-limit',
  'inherited-lock',
  'inherited-pipe',
  'kept-standard-streams',
  'standard-streams',
  'worker-descriptors',
  'armed-alarm',
  'ignored-sigchld',
  'ignored-signals',
  'ignored-sigpipe',
  'job-control-dispositions',
  'pending-signals',
  'sighup-disposition',
  'signal-mask',
  'empty-environment',
  'environment',
  'nice-value',
  'oom-score-adjustment',
  'resource-limits',
  'capabilities',
  'supplementary-groups',
  'user-ids',
  'concurrent-start',
  'partial-pidfile',
  'pidfile',
  'pidfile-mode',
  'planted-pidfile',
  'readiness',
  'readiness-notification',
  'second-start',
  'stale-pidfile',
  'start-failure',
  'sighup-reload',
  'startup-termination',
  'stop-notification',
  'termination',
  'termination-after-hostile-start',
  'termination-leftovers',
  'termination-status',
  'termination-survivors',
] as const;
export type RequirementId = (typeof requirementIds)[number];

export const requirements: readonly Requirement[] = [
  foreground,
  ignoredSigchldStart,
  lingeringIntermediate,
  liveness,
  parentProcess,
  readyAtReturn,
  runState,
  stability,
  starterExitStatus,
  starterReturn,
  survivingProcesses,
  watchdog,
  zombieChildren,
  detachedStart,
  keptSession,
  launchSession,
  leaderStart,
  processGroup,
  session,
  sessionLeader,
  backgroundStart,
  controllingTerminal,
  foregroundProcessGroup,
  keyboardSignals,
  logout,
  outputAfterHangup,
  sessionSighup,
  terminalAcquisition,
  terminalDescriptors,
  terminalHangup,
  terminalOutput,
  createdFileModes,
  fileModeCreationMask,
  foregroundParity,
  inheritedFileModeCreationMask,
  pinnedFilesystem,
  rootDirectory,
  unreachableDirectory,
  workingDirectory,
  capturedOutput,
  closedStandardStreams,
  descriptorLimitCost,
  inheritedDescriptors,
  inheritedDescriptorsAboveLimit,
  inheritedLock,
  inheritedPipe,
  keptStandardStreams,
  standardStreams,
  workerDescriptors,
  armedAlarm,
  ignoredSigchld,
  ignoredSignals,
  ignoredSigpipe,
  jobControlDispositions,
  pendingSignals,
  sighupDisposition,
  signalMask,
  emptyEnvironment,
  environment,
  niceValue,
  oomScoreAdjustment,
  resourceLimits,
  capabilities,
  supplementaryGroups,
  userIds,
  concurrentStart,
  partialPidfile,
  pidfile,
  pidfileMode,
  plantedPidfile,
  readiness,
  readinessNotification,
  secondStart,
  stalePidfile,
  startFailure,
  sighupReload,
  startupTermination,
  stopNotification,
  termination,
  terminationAfterHostileStart,
  terminationLeftovers,
  terminationStatus,
  terminationSurvivors,
];
