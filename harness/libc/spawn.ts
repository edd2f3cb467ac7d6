/** <spawn.h>: a program started without a copy of the caller's memory. */

import { type CallResult, errnoName, functionIfAny } from './library.ts';

const c = {
  spawn: functionIfAny(
    'int posix_spawn(_Out_ int *pid, const char *path, const void *actions, const void *attributes, const char **argv, const char **envp)',
  ),
  initActions: functionIfAny('int posix_spawn_file_actions_init(void *actions)'),
  destroyActions: functionIfAny('int posix_spawn_file_actions_destroy(void *actions)'),
  addDup2: functionIfAny('int posix_spawn_file_actions_adddup2(void *actions, int from, int to)'),
  addClose: functionIfAny('int posix_spawn_file_actions_addclose(void *actions, int fd)'),
  addOpen: functionIfAny(
    'int posix_spawn_file_actions_addopen(void *actions, int fd, const char *path, int flags, unsigned int mode)',
  ),
  addForeground: functionIfAny('int posix_spawn_file_actions_addtcsetpgrp_np(void *actions, int fd)'),
  initAttributes: functionIfAny('int posix_spawnattr_init(void *attributes)'),
  setFlags: functionIfAny('int posix_spawnattr_setflags(void *attributes, short flags)'),
  setGroup: functionIfAny('int posix_spawnattr_setpgroup(void *attributes, int group)'),
  setDefault: functionIfAny('int posix_spawnattr_setsigdefault(void *attributes, const void *set)'),
  setMask: functionIfAny('int posix_spawnattr_setsigmask(void *attributes, const void *set)'),
};

/** Linux, <spawn.h> of glibc and of musl. */
const POSIX_SPAWN_SETPGROUP = 0x02;
const POSIX_SPAWN_SETSIGDEF = 0x04;
const POSIX_SPAWN_SETSIGMASK = 0x08;
/** POSIX.1-2024. */
const POSIX_SPAWN_SETSID = 0x80;

/** More than any C library takes for one: 336 bytes for attributes and 80 for actions, glibc on x64. */
const opaqueBytes = 512;
const actions = Buffer.alloc(opaqueBytes);
const attributes = Buffer.alloc(opaqueBytes);

/** What is done in the new process before it executes the program, in this order. */
export type FileAction =
  | { readonly kind: 'dup2'; readonly from: number; readonly to: number }
  | { readonly kind: 'close'; readonly fd: number }
  /** A session leader without a terminal takes the one it opens. */
  | { readonly kind: 'open'; readonly fd: number; readonly path: string; readonly flags: number }
  /** POSIX.1-2024: the own process group becomes the foreground of the terminal. */
  | { readonly kind: 'foreground'; readonly fd: number };

export interface SpawnRequest {
  readonly path: string;
  readonly argv: readonly string[];
  readonly environment: readonly string[];
  /** A new session, or else a process group of its own. */
  readonly newSession: boolean;
  /** Signals whose disposition becomes the default one. */
  readonly defaults: Buffer;
  readonly blocked: Buffer;
  readonly actions: readonly FileAction[];
}

/** Whether this C library has all of it: the foreground came to glibc with 2.35, and musl does not have it. */
export const canSpawn: boolean =
  process.platform === 'linux' && Object.values(c).every((one) => one !== null);

function add(action: FileAction): number {
  switch (action.kind) {
    case 'dup2':
      return c.addDup2?.(actions, action.from, action.to);
    case 'close':
      return c.addClose?.(actions, action.fd);
    case 'open':
      return c.addOpen?.(actions, action.fd, action.path, action.flags, 0);
    case 'foreground':
      return c.addForeground?.(actions, action.fd);
  }
}

/**
 * POSIX.1-2024 XSH posix_spawn(): value is the new process ID. It returns when the program has been executed, with
 * the errno of what failed in the new process, be it execve(2) or an action.
 */
export function spawn(request: SpawnRequest): CallResult {
  const pid = [-1];
  c.initActions?.(actions);
  c.initAttributes?.(attributes);
  c.setGroup?.(attributes, 0);
  const placed = request.newSession ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
  c.setFlags?.(attributes, placed | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  c.setDefault?.(attributes, request.defaults);
  c.setMask?.(attributes, request.blocked);
  let number = 0;
  for (const action of request.actions) number ||= add(action);
  number ||= c.spawn?.(
    pid,
    request.path,
    actions,
    attributes,
    [...request.argv, null],
    [...request.environment, null],
  );
  c.destroyActions?.(actions);
  return number === 0 ? { value: pid[0] ?? -1, errno: null } : { value: -1, errno: errnoName(number) };
}
