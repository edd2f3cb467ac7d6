/** Every dimension of the start, in the order in which the program's own process takes their steps. */

import type { DimensionName, StartState } from '../../facts/start-state.ts';
import { blockedSignals } from './blocked-signals.ts';
import { defaultDispositions } from './default-dispositions.ts';
import type { Dimension } from './dimension.ts';
import { emptySignalMask } from './empty-signal-mask.ts';
import { environmentMarker } from './environment-marker.ts';
import { fileModeCreationMask } from './file-mode-creation-mask.ts';
import { foreground } from './foreground.ts';
import { ignoredSignals } from './ignored-signals.ts';
import { niceValue } from './nice-value.ts';
import { noOtherDescriptors } from './no-other-descriptors.ts';
import { notifySocket } from './notify-socket.ts';
import { oomScoreAdjustment } from './oom-score-adjustment.ts';
import { plantedDescriptors } from './planted-descriptors.ts';
import { plantedLock } from './planted-lock.ts';
import { processGroupLeader } from './process-group-leader.ts';
import { sessionLeader } from './session-leader.ts';
import { softDescriptorLimit } from './soft-descriptor-limit.ts';
import { standardStreams } from './standard-streams.ts';
import { terminal } from './terminal.ts';
import { workingDirectory } from './working-directory.ts';

export const dimensions: Readonly<Record<DimensionName, Dimension>> = {
  // Only the leader of a session takes a terminal, and only a group of the session can be in its foreground.
  'session-leader': sessionLeader,
  terminal,
  'process-group-leader': processGroupLeader,
  foreground,
  'oom-score-adjustment': oomScoreAdjustment,
  'nice-value': niceValue,
  'working-directory': workingDirectory,
  'file-mode-creation-mask': fileModeCreationMask,
  'standard-streams': standardStreams,
  'planted-descriptors': plantedDescriptors,
  'no-other-descriptors': noOtherDescriptors,
  // The file that is locked has to be in its place, and it takes descriptors above the limit to put it there.
  'planted-lock': plantedLock,
  'soft-descriptor-limit': softDescriptorLimit,
  'default-dispositions': defaultDispositions,
  'ignored-signals': ignoredSignals,
  // Last: until then every signal is blocked, and none that is pending meets a disposition of Node's.
  'blocked-signals': blockedSignals,
  'empty-signal-mask': emptySignalMask,
  'environment-marker': environmentMarker,
  'notify-socket': notifySocket,
};

const all = Object.values(dimensions);
/** Taken before the fork: the forked process goes through them, and does nothing else. */
export const steps = all.flatMap(({ apply }) => (apply === undefined ? [] : [apply]));

/** Whether the program has to be forked, and put into this start state by its own process. */
export function needFork(start: StartState): boolean {
  return all.some(({ needsFork }) => needsFork?.(start) === true);
}
