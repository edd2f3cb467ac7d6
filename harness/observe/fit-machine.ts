/** What has to be so before anything is launched or observed: where it is not, every program would be blamed for it. */

import { readlinkSync, statSync } from 'node:fs';

/** The machine is to blame, and no program. */
export class UnfitMachine extends Error {
  readonly wouldHelp: string;
  constructor(because: string, wouldHelp: string) {
    super(`${because}: ${wouldHelp}`);
    this.name = 'UnfitMachine';
    this.wouldHelp = wouldHelp;
  }
}

/** makedev(1, 3) of Linux, null(4). */
const nullDevice = 0x103;

/** @param null_ the null device @throws UnfitMachine */
export function requireFitMachine(proc = '/proc', null_ = '/dev/null'): void {
  requireNullDevice(null_);
  if (process.platform === 'linux') requireOwnProc(proc);
}

function requireNullDevice(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  const isNull =
    there?.isCharacterDevice() === true && (process.platform !== 'linux' || there.rdev === nullDevice);
  if (!isNull)
    throw new UnfitMachine(`${path} is not the null device`, 'make it anew: mknod -m 666 /dev/null c 1 3');
}

/** In a process ID namespace that mounts none of its own, /proc shows the processes of another under their IDs. */
function requireOwnProc(proc: string): void {
  let self: string | null = null;
  try {
    self = readlinkSync(`${proc}/self`);
  } catch {
    // Not mounted, or one of other processes alone.
  }
  if (self === String(process.pid)) return;
  throw new UnfitMachine(
    self === null
      ? `${proc} shows no process of this process ID namespace`
      : `${proc} is that of another process ID namespace`,
    'mount it anew: mount -t proc proc /proc, or unshare --mount-proc',
  );
}
