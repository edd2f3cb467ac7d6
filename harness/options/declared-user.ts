/** `NAME`, `UID`, either with `:GROUP` or `:GID`, looked up in passwd(5) and group(5). */

import { readFileSync } from 'node:fs';
import type { DeclaredUser } from '../facts/policy.ts';
import { didYouMean } from './near-miss.ts';
import { type ParseResult, understood, usageError } from './usage-error.ts';

export interface Databases {
  readonly passwd: string;
  readonly group: string;
}

export function readDatabases(): Databases {
  return {
    passwd: orNone(() => readFileSync('/etc/passwd', 'utf8')),
    group: orNone(() => readFileSync('/etc/group', 'utf8')),
  };
}

function orNone(read: () => string): string {
  try {
    return read();
  } catch {
    // A container may have none: then names are unknown, and numbers are not.
    return '';
  }
}

interface UserEntry {
  readonly name: string;
  readonly userId: number;
  readonly groupId: number;
}

interface GroupEntry {
  readonly name: string;
  readonly groupId: number;
  readonly members: readonly string[];
}

function entries(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(':'));
}

function users(passwd: string): readonly UserEntry[] {
  return entries(passwd).map(([name = '', , userId, groupId]) => ({
    name,
    userId: Number(userId),
    groupId: Number(groupId),
  }));
}

function groups(group: string): readonly GroupEntry[] {
  return entries(group).map(([name = '', , groupId, members = '']) => ({
    name,
    groupId: Number(groupId),
    members: members.split(',').filter((member) => member !== ''),
  }));
}

function isNumber(word: string): boolean {
  return /^\d{1,10}$/.test(word) && Number(word) < 2 ** 32;
}

export function parseDeclaredUser(
  text: string,
  of: string,
  { passwd, group }: Databases,
): ParseResult<DeclaredUser> {
  const [, userWord = '', groupWord] = /^([^:]+)(?::([^:]+))?$/.exec(text) ?? [];
  if (userWord === '') return usageError(`${of} '${text}' is no user; write NAME, UID or UID:GID`);
  const known = users(passwd);
  const user =
    known.find(({ name }) => name === userWord) ??
    (isNumber(userWord) ? known.find(({ userId }) => userId === Number(userWord)) : undefined);
  if (user === undefined && !isNumber(userWord)) {
    const meant = didYouMean(
      userWord,
      known.map(({ name }) => name),
    );
    return usageError(
      `${of}: there is no user '${userWord}' in /etc/passwd${meant || '; a number UID:GID needs no entry'}`,
    );
  }
  if (user === undefined && groupWord === undefined) {
    return usageError(
      `${of}: user ${userWord} has no entry in /etc/passwd, so name its group too: ${userWord}:GID`,
    );
  }

  const knownGroups = groups(group);
  const named = knownGroups.find(({ name }) => name === groupWord);
  if (groupWord !== undefined && named === undefined && !isNumber(groupWord)) {
    const meant = didYouMean(
      groupWord,
      knownGroups.map(({ name }) => name),
    );
    return usageError(
      `${of}: there is no group '${groupWord}' in /etc/group${meant || '; a number needs no entry'}`,
    );
  }
  const groupId = groupWord === undefined ? (user?.groupId ?? 0) : (named?.groupId ?? Number(groupWord));
  const name = user?.name ?? userWord;
  const memberOf = knownGroups.filter(({ members }) => members.includes(name)).map((each) => each.groupId);
  return understood({
    name,
    userId: user?.userId ?? Number(userWord),
    groupId,
    groups: [...new Set([groupId, ...memberOf])].sort((a, b) => a - b),
  });
}
