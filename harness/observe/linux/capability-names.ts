/** Capability sets of /proc/PID/status (sixteen hexadecimal digits) and their names, capabilities(7). */

import { remembering } from './reading.ts';

// linux/capability.h, from bit 0.
const names =
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'
    .split(' ')
    .map((name) => `CAP_${name}`);

/** Names in a set such as `0000000000000400`, in the order of their numbers; one newer than this list is `CAP_41`. */
export const capabilityNames: (set: string) => readonly string[] = remembering((set) => {
  const low = Number.parseInt(set.slice(-8), 16);
  const high = Number.parseInt(set.slice(-16, -8), 16);
  const held: string[] = [];
  for (let bit = 0; bit < 64; bit++) {
    if (((bit < 32 ? low >>> bit : high >>> (bit - 32)) & 1) === 1) held.push(names[bit] ?? `CAP_${bit}`);
  }
  return held;
});

/** The set that holds these names, as /proc/PID/status writes it. */
export function capabilitySet(held: readonly string[]): string {
  let set = 0n;
  for (const name of held) {
    const bit = names.indexOf(name);
    set |= 1n << BigInt(bit >= 0 ? bit : Number(name.slice('CAP_'.length)));
  }
  return set.toString(16).padStart(16, '0');
}
