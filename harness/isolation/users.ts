/** Without the privileges of root a user namespace gives those over the other namespaces. The user stays who it is. */

import { writeFileSync } from 'node:fs';

export interface Identity {
  readonly userId: number;
  readonly groupId: number;
}

/** user_namespaces(7): one's own IDs, as they are outside; a group only once setgroups(2) has been given up. */
export function mapOwnIds({ userId, groupId }: Identity): void {
  writeFileSync('/proc/self/setgroups', 'deny');
  writeFileSync('/proc/self/uid_map', `${userId} ${userId} 1`);
  writeFileSync('/proc/self/gid_map', `${groupId} ${groupId} 1`);
}
