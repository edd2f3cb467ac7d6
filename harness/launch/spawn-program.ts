/**
 * The program by posix_spawn(2), which copies nothing: wherever its start state can be had by what the stage lends
 * for a moment and by the attributes of the call. The rest is forked, prepare.ts.
 */

import { O_RDWR, open } from '../libc/fcntl.ts';
import { O_PATH } from '../libc/linux/fcntl.ts';
import { platform } from '../libc/platform.ts';
import { everySignal } from '../libc/signal.ts';
import { canSpawn, type FileAction, spawn } from '../libc/spawn.ts';
import { CLOSE_RANGE_CLOEXEC, closeRangeWith, lastDescriptor } from '../libc/sys-close-range.ts';
import { getrlimit, setrlimit } from '../libc/sys-resource.ts';
import { umask } from '../libc/sys-stat.ts';
import { chdir, close, fchdir } from '../libc/unistd.ts';
import { maskOf } from './dimensions/blocked-signals.ts';
import { needFork } from './dimensions/index.ts';
import { limitDescriptors, usualSoftLimit } from './dimensions/soft-descriptor-limit.ts';
import type { LaunchRequest } from './protocol.ts';
import { reaper } from './reaper.ts';
import { linuxReaper } from './reaper-linux.ts';
import type { Scenery } from './scenery.ts';

/** What cannot be lent for a moment: it would stay the stage's, or the program has to wait for something. */
export function canBeSpawned({ image, start, gate, restMs }: LaunchRequest): boolean {
  if (
    !canSpawn ||
    reaper !== linuxReaper ||
    image.kind !== 'execute' ||
    gate !== undefined ||
    restMs !== undefined
  )
    return false;
  return start.alarmMs === null && !needFork(start);
}

function actionsFor({ start }: LaunchRequest, { streams, terminal }: Scenery): readonly FileAction[] {
  const takes = start.sessionLeader && terminal !== null;
  const actions: FileAction[] = [];
  // Without O_NOCTTY, by which the leader of a new session takes it.
  if (takes) actions.push({ kind: 'open', fd: terminal.slave, path: terminal.path, flags: O_RDWR });
  for (const fd of [0, 1, 2] as const) {
    const from = streams?.[fd];
    actions.push(from === undefined ? { kind: 'close', fd } : { kind: 'dup2', from, to: fd });
  }
  if (takes) actions.push({ kind: 'close', fd: terminal.slave });
  else if (terminal !== null && start.terminal === 'foreground') {
    actions.push({ kind: 'foreground', fd: terminal.slave });
  }
  return actions;
}

/** Process ID of the program; null where it could not be started in this way, for whatever reason. */
export function spawnProgram(
  request: LaunchRequest,
  scenery: Scenery,
  environment: readonly string[],
): number | null {
  const { start, image, argv } = request;
  // Whatever the stage was given besides: only the standard streams are the program's.
  if (closeRangeWith(3, lastDescriptor, CLOSE_RANGE_CLOEXEC).errno !== null) return null;
  const before = getrlimit(platform.RLIMIT_NOFILE);
  // A place to come back to, also where it may not be read.
  const here = open('.', O_PATH | platform.O_CLOEXEC);
  chdir(scenery.directory);
  const mask = umask(start.fileModeCreationMask);
  limitDescriptors(usualSoftLimit);
  const { value, errno } = spawn({
    path: image.path,
    argv,
    environment,
    newSession: start.sessionLeader,
    defaults: everySignal,
    blocked: maskOf(start),
    actions: actionsFor(request, scenery),
  });
  setrlimit(platform.RLIMIT_NOFILE, before);
  umask(mask);
  if (here.errno === null) {
    fchdir(here.value);
    close(here.value);
  }
  return errno === null ? value : null;
}
