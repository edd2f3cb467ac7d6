// Written by write-index.ts from the folders beside it; npm run catalogue writes it anew.

import type { Requirement } from '../../harness/judge/requirement.ts';
import { closedStandardStreams } from './descriptors/closed-standard-streams.ts';
import { inheritedDescriptors } from './descriptors/inherited-descriptors.ts';
import { inheritedDescriptorsAboveLimit } from './descriptors/inherited-descriptors-above-limit.ts';
import { keptStandardStreams } from './descriptors/kept-standard-streams.ts';
import { standardStreams } from './descriptors/standard-streams.ts';
import { environment } from './environment/environment.ts';
import { niceValue } from './environment/nice-value.ts';
import { oomScoreAdjustment } from './environment/oom-score-adjustment.ts';
import { resourceLimits } from './environment/resource-limits.ts';
import { fileModeCreationMask } from './files/file-mode-creation-mask.ts';
import { inheritedFileModeCreationMask } from './files/inherited-file-mode-creation-mask.ts';
import { rootDirectory } from './files/root-directory.ts';
import { workingDirectory } from './files/working-directory.ts';
import { capabilities } from './privileges/capabilities.ts';
import { supplementaryGroups } from './privileges/supplementary-groups.ts';
import { userIds } from './privileges/user-ids.ts';
import { foreground } from './process/foreground.ts';
import { ignoredSigchldStart } from './process/ignored-sigchld-start.ts';
import { lingeringIntermediate } from './process/lingering-intermediate.ts';
import { parentProcess } from './process/parent-process.ts';
import { readyAtReturn } from './process/ready-at-return.ts';
import { runState } from './process/run-state.ts';
import { stability } from './process/stability.ts';
import { starterExitStatus } from './process/starter-exit-status.ts';
import { starterReturn } from './process/starter-return.ts';
import { survivingProcesses } from './process/surviving-processes.ts';
import { zombieChildren } from './process/zombie-children.ts';
import { detachedStart } from './session/detached-start.ts';
import { keptSession } from './session/kept-session.ts';
import { launchSession } from './session/launch-session.ts';
import { processGroup } from './session/process-group.ts';
import { session } from './session/session.ts';
import { sessionLeader } from './session/session-leader.ts';
import { ignoredSigchld } from './signals/ignored-sigchld.ts';
import { ignoredSignals } from './signals/ignored-signals.ts';
import { ignoredSigpipe } from './signals/ignored-sigpipe.ts';
import { jobControlDispositions } from './signals/job-control-dispositions.ts';
import { pendingSignals } from './signals/pending-signals.ts';
import { sighupDisposition } from './signals/sighup-disposition.ts';
import { signalMask } from './signals/signal-mask.ts';
import { controllingTerminal } from './terminal/controlling-terminal.ts';
import { foregroundProcessGroup } from './terminal/foreground-process-group.ts';
import { terminalDescriptors } from './terminal/terminal-descriptors.ts';

export const requirementIds = [
  'foreground',
  'ignored-sigchld-start',
  'lingering-intermediate',
  'parent-process',
  'ready-at-return',
  'run-state',
  'stability',
  'starter-exit-status',
  'starter-return',
  'surviving-processes',
  'zombie-children',
  'detached-start',
  'kept-session',
  'launch-session',
  'process-group',
  'session',
  'session-leader',
  'controlling-terminal',
  'foreground-process-group',
  'terminal-descriptors',
  'file-mode-creation-mask',
  'inherited-file-mode-creation-mask',
  'root-directory',
  'working-directory',
  'closed-standard-streams',
  'inherited-descriptors',
  'inherited-descriptors-above-limit',
  'kept-standard-streams',
  'standard-streams',
  'ignored-sigchld',
  'ignored-signals',
  'ignored-sigpipe',
  'job-control-dispositions',
  'pending-signals',
  'sighup-disposition',
  'signal-mask',
  'environment',
  'nice-value',
  'oom-score-adjustment',
  'resource-limits',
  'capabilities',
  'supplementary-groups',
  'user-ids',
] as const;
export type RequirementId = (typeof requirementIds)[number];

export const requirements: readonly Requirement[] = [
  foreground,
  ignoredSigchldStart,
  lingeringIntermediate,
  parentProcess,
  readyAtReturn,
  runState,
  stability,
  starterExitStatus,
  starterReturn,
  survivingProcesses,
  zombieChildren,
  detachedStart,
  keptSession,
  launchSession,
  processGroup,
  session,
  sessionLeader,
  controllingTerminal,
  foregroundProcessGroup,
  terminalDescriptors,
  fileModeCreationMask,
  inheritedFileModeCreationMask,
  rootDirectory,
  workingDirectory,
  closedStandardStreams,
  inheritedDescriptors,
  inheritedDescriptorsAboveLimit,
  keptStandardStreams,
  standardStreams,
  ignoredSigchld,
  ignoredSignals,
  ignoredSigpipe,
  jobControlDispositions,
  pendingSignals,
  sighupDisposition,
  signalMask,
  environment,
  niceValue,
  oomScoreAdjustment,
  resourceLimits,
  capabilities,
  supplementaryGroups,
  userIds,
];
