/** How the command line holds what a launcher and a stage held that were killed together. */

import { PR_SET_CHILD_SUBREAPER, prctl } from '../libc/linux/sys-prctl.ts';
import { endedWell, type LauncherProcess } from './launcher-process.ts';

/** Loaded where it is needed, as hardly ever. */
const endWhatCame = async (): Promise<void> => (await import('./end-adopted.ts')).endAdopted();

/** What is to be ended so, from now on: in a process of which all that is below it is the product's. Linux alone. */
export function adopting(launcher: LauncherProcess): LauncherProcess {
  // Where that is refused no launcher works either.
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  return {
    ...launcher,
    onEnd: (listener, patienceMs) =>
      launcher.onEnd((how) => {
        const ended = how === endedWell ? Promise.resolve() : endWhatCame();
        void ended.then(() => listener(how));
      }, patienceMs),
  };
}
