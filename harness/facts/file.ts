/** A file as it was at one moment. */

export type FileKind = 'file' | 'symbolic-link' | 'fifo' | 'directory' | 'other';

export interface FileSnapshot {
  /** What stands under the name itself: a symbolic link is not followed for it. */
  readonly kind: FileKind;
  /** The first bytes, as latin1. */
  readonly text: string;
  /** Permission bits, `0644`. */
  readonly mode: string;
  readonly userId: number;
  /** `device:inode`. */
  readonly identity: string;
}

export type FileReading = FileSnapshot | { readonly absent: string };
