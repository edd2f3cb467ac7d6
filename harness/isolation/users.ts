/**
 * The user namespace of an ordinary user, which gives the privileges over the other namespaces. User and group stay the
 * same inside.
 */

import { writeFileSync } from 'node:fs';

export interface Identity {
  readonly userId: number;
  readonly groupId: number;
}

/**
 * Maps the caller's own IDs to the same numbers, user_namespaces(7); the group may be mapped only once setgroups(2) is
 * denied.
 */
export function mapOwnIds({ userId, groupId }: Identity): void {
  writeFileSync('/proc/self/setgroups', 'deny');
  writeFileSync('/proc/self/uid_map', `${userId} ${userId} 1`);
  writeFileSync('/proc/self/gid_map', `${groupId} ${groupId} 1`);
}
