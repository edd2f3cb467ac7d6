/** Files that appear in the declared directories during a launch with umask 0, which hides nothing. */

import { type CreatedFile, notRun } from '../facts/finding.ts';
import { placeOf } from '../launch/place-of.ts';
import { createdSince, listingOf } from './created-files.ts';
import type { Probe } from './probe.ts';
import { withWorld } from './world.ts';

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
      const start = { ...context.plainStart, fileModeCreationMask: 0 };
      return withWorld(context, async (within) => {
        const list = () => listingOf(directories, (path) => placeOf(within, path));
        const before = list();
        return context.settled(
          { start, restsOn: ['file-mode-creation-mask'], within },
          async (): Promise<CreatedFiles> => ({
            kind: 'created-files',
            directories,
            files: createdSince(before, list()),
          }),
        );
      });
    });
  },
};
