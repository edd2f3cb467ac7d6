/**
 * /proc/PID/environ, proc_pid_environ(5): the environment execve(2) was given. A process that later calls
 * setenv() or clearenv() does not change it.
 */

import { type Fact, isUnreadable } from '../../facts/process.ts';
import { reading, remembering, textOf } from './reading.ts';

export interface ProcPidEnviron {
  /** The planted `NAME=value` is there; false when none was planted. */
  readonly marker: boolean;
  /** Names of login-session variables, in their order. */
  readonly sessionVariables: readonly string[];
}

/** What a terminal, a login, a desktop or a multiplexer sets for its session and nothing sets at boot. */
const sessionNames: ReadonlySet<string> = new Set([
  'TERM',
  'TERM_PROGRAM',
  'COLORTERM',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'DESKTOP_SESSION',
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_RUNTIME_DIR',
  'XDG_SEAT',
  'XDG_VTNR',
  'XDG_CURRENT_DESKTOP',
  'GPG_TTY',
  'TMUX',
  'TMUX_PANE',
  'STY',
  'WINDOWID',
]);
const sessionPrefixes = ['SSH_', 'SUDO_', 'XDG_SESSION_'];

/** Values stay here: only whether the marker is there, and names, are handed on. */
export function parseProcPidEnviron(text: string, marker: string | null): ProcPidEnviron {
  const sessionVariables = new Set<string>();
  let found = false;
  for (const entry of text.split('\0')) {
    if (entry === marker) found = true;
    const equals = entry.indexOf('=');
    if (equals <= 0) continue;
    const name = entry.slice(0, equals);
    if (sessionNames.has(name) || sessionPrefixes.some((prefix) => name.startsWith(prefix))) {
      sessionVariables.add(name);
    }
  }
  return { marker: found, sessionVariables: [...sessionVariables] };
}

const withoutMarker = remembering((text) => parseProcPidEnviron(text, null));

export function readProcPidEnviron(path: string, marker: string | null): Fact<ProcPidEnviron> {
  const text = reading(path, textOf);
  if (isUnreadable(text)) return text;
  return marker === null ? withoutMarker(text) : parseProcPidEnviron(text, marker);
}
