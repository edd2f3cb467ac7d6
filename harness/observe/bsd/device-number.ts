/** Device numbers in the encodings of the three systems, <sys/types.h>. */

export type DeviceName = (device: bigint) => string;

/** FreeBSD, __major() and __minor(). The high halves keep numbers of 16 bits as they were before dev_t had 64. */
export const freebsdDevice: DeviceName = (device) => {
  const major = ((device >> 32n) & 0xffffff00n) | ((device >> 8n) & 0xffn);
  const minor = ((device >> 24n) & 0xff00n) | (device & 0xffff00ffn);
  return `${major}:${minor}`;
};

export const openbsdDevice: DeviceName = (device) => {
  const minor = (device & 0xffn) | ((device & 0xffff0000n) >> 8n);
  return `${(device >> 8n) & 0xffn}:${minor}`;
};

export const netbsdDevice: DeviceName = (device) => {
  const minor = ((device & 0xfff00000n) >> 12n) | (device & 0xffn);
  return `${(device & 0xfff00n) >> 8n}:${minor}`;
};

/**
 * Whether the node of this path is a terminal that can be a controlling one: tty(4), pts(4), pty(4), uart(4), com(4),
 * nmdm(4) and the system consoles. A pseudo-terminal's master is not: it is the far end.
 */
export function isTerminalPath(path: string): boolean {
  return /^\/dev\/(console|constty|ctty|(tty|cua|dty)[0-9A-Za-z]*|pts\/\d+|nmdm[^/.]+)$/.test(path);
}
