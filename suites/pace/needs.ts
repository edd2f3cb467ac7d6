import { beforeEach } from 'vitest';

/** Skips the tests of the suite it is called in, with that as the reason: what is missing, and what would enable them. */
export function needs(lack: string | null): void {
  beforeEach(({ skip }) => {
    if (lack !== null) skip(lack);
  });
}
