/** Files that appear in the declared directories during a launch with umask 0, which hides nothing. */

import { type CreatedFiles, notRun } from '../facts/finding.ts';
import { createdSince, listingOf } from './created-files.ts';
import type { Probe } from './probe.ts';

export const createdFileModes: Probe<'created-file-modes'> = {
  name: 'created-file-modes',
  start: 'clean, with umask 0',
  repeated: false,
  foreground: true,
  run: async (bench) => {
    const { created: directories } = bench.declared;
    if (directories.length === 0) {
      return notRun('no directory is declared in which it creates files: --created DIRECTORY');
    }
    return bench.inTurn(() => {
      const before = listingOf(directories);
      const start = { ...bench.plainStart, fileModeCreationMask: 0 };
      return bench.settled(
        { start, restsOn: ['file-mode-creation-mask'] },
        async (): Promise<CreatedFiles> => ({
          kind: 'created-files',
          directories,
          files: createdSince(before, listingOf(directories)),
        }),
      );
    });
  },
};
