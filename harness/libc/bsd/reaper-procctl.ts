/** procctl(2), PROC_REAP_*, of <sys/procctl.h>: how a process of FreeBSD keeps hold of what descends from it. */

import type { ErrnoName } from '../library.ts';
import type { Functions } from './sys-sysctl.ts';

const P_PID = 0;
export const PROC_REAP_ACQUIRE = 2;
export const PROC_REAP_STATUS = 4;
export const PROC_REAP_GETPIDS = 5;
export const REAPER_PIDINFO_VALID = 1;
export const REAPER_PIDINFO_CHILD = 2;

export const procctlDeclaration = 'int procctl(int idtype, int64_t id, int command, _Inout_ void *data)';

/** struct procctl_reaper_status: rs_descendants; struct procctl_reaper_pids: rp_count, rp_pids. */
export const reaperStatus = { bytes: 80, descendantsAt: 8 } as const;
export const reaperPids = { bytes: 72, countAt: 0, pidsAt: 64 } as const;
/** struct procctl_reaper_pidinfo: pi_pid, pi_subtree, pi_flags. */
export const reaperPidinfo = { bytes: 72, pidAt: 0, subtreeAt: 4, flagsAt: 8 } as const;

export interface ReaperDescendant {
  readonly pid: number;
  /** The child of the reaper from which it descends. */
  readonly subtree: number;
  readonly isChild: boolean;
}

/** Up to the first record that the kernel has not filled. */
export function decodePidinfo(bytes: Buffer): ReaperDescendant[] {
  const found: ReaperDescendant[] = [];
  for (let at = 0; at + reaperPidinfo.bytes <= bytes.length; at += reaperPidinfo.bytes) {
    const flags = bytes.readUInt32LE(at + reaperPidinfo.flagsAt);
    if ((flags & REAPER_PIDINFO_VALID) === 0) break;
    found.push({
      pid: bytes.readInt32LE(at + reaperPidinfo.pidAt),
      subtree: bytes.readInt32LE(at + reaperPidinfo.subtreeAt),
      isChild: (flags & REAPER_PIDINFO_CHILD) !== 0,
    });
  }
  return found;
}

export interface ReaperCalls {
  /** PROC_REAP_ACQUIRE: EBUSY for one that is a reaper already. */
  acquire(): ErrnoName | null;
  /** PROC_REAP_GETPIDS: every descendant whose reaper is the caller. */
  below(): readonly ReaperDescendant[];
}

export function bindReaper({ func, errno, errnoName, address }: Functions): ReaperCalls {
  const procctl = func(procctlDeclaration) as (...values: unknown[]) => number;
  // 0 is the caller, whatever process that is after a fork.
  const call = (command: number, data: Buffer | null): ErrnoName | null =>
    procctl(P_PID, 0, command, data) === -1 ? errnoName(errno()) : null;
  return {
    acquire: () => call(PROC_REAP_ACQUIRE, null),
    below() {
      const status = Buffer.alloc(reaperStatus.bytes);
      if (call(PROC_REAP_STATUS, status) !== null) return [];
      for (let room = status.readUInt32LE(reaperStatus.descendantsAt) + 16; ; room *= 2) {
        const records = Buffer.alloc(room * reaperPidinfo.bytes);
        const asked = Buffer.alloc(reaperPids.bytes);
        asked.writeUInt32LE(room, reaperPids.countAt);
        asked.writeBigUInt64LE(address(records), reaperPids.pidsAt);
        if (call(PROC_REAP_GETPIDS, asked) !== null) return [];
        const found = decodePidinfo(records);
        // What does not fit is left out without a word.
        if (found.length < room) return found;
      }
    },
  };
}
