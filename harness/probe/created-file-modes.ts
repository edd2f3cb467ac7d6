/** Files that appear in the declared directories during a launch with umask 0, which hides nothing. */

import { type CreatedFile, notRun } from '../facts/finding.ts';
import { createdSince, listingOf } from './created-files.ts';
import type { Probe } from './probe.ts';

/** What appeared in the declared directories during a launch. */
export interface CreatedFiles {
  readonly kind: 'created-files';
  readonly directories: readonly string[];
  readonly files: readonly CreatedFile[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'created-file-modes': CreatedFiles;
  }
}

export const createdFileModes: Probe<'created-file-modes'> = {
  name: 'created-file-modes',
  start: 'clean, with umask 0',
  repeated: false,
  foreground: true,
  run: async (context) => {
    const { created: directories } = context.declared;
    if (directories.length === 0) {
      return notRun('no directory is declared in which it creates files: --created DIRECTORY');
    }
    return context.inTurn(() => {
      const before = listingOf(directories);
      const start = { ...context.plainStart, fileModeCreationMask: 0 };
      return context.settled(
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
