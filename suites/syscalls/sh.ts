import { getpgid, getpgrp, getsid } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { either, saw } from './run/seen.ts';
import { execute, whileRunning } from './scenery/execute.ts';
import { descriptorOf, signalsOf } from './scenery/observed.ts';
import { ignore, send } from './scenery/signals.ts';
import { freshTerminal, leadSessionOn } from './scenery/terminal.ts';

/** Says its process ID and stays, for a minute should nobody end it. */
const stays = "sh -c 'echo $$; exec sleep 60'";

/** What is seen of the program that a shell starts by `command`. */
function startedBy<T>(command: string, look: (pid: number) => T, prepare: () => void = () => {}): T {
  return whileRunning('/bin/sh', ['-c', command], prepare, ({ line }) => {
    const pid = Number(line());
    try {
      return look(pid);
    } finally {
      send(pid, 'SIGKILL');
    }
  });
}

const kinOf = (pid: number) => ({ group: getpgid(pid).value, session: getsid(pid).value });

promise(
  'An asynchronous list without job control ignores SIGINT and SIGQUIT',
  {
    id: 'sh/async-signals',
    clause: 'POSIX.1-2024 XCU 2.12 Signals and Error Handling; 2.9.3.1 Asynchronous AND-OR Lists',
    rows: ['K-SH-1'],
    expect: 'SIGINT SIGQUIT',
    supports: ['keyboard-signals', 'background-start', 'ignored-signals'],
  },
  () =>
    saw(
      startedBy(`${stays} & wait`, (pid) => signalsOf(pid, 'ignored')),
      'ignored in the list',
    ),
);

promise(
  'An asynchronous list without job control reads from the null device',
  {
    id: 'sh/async-input',
    clause: 'POSIX.1-2024 XCU 2.9.3.1 Asynchronous AND-OR Lists',
    rows: ['K-SH-1'],
    expect: '/dev/null',
    supports: ['standard-streams', 'background-start'],
  },
  () => {
    const input = startedBy(`${stays} & wait`, (pid) => descriptorOf(pid, 0));
    const { kind, target } = input ?? { kind: 'closed', target: 'closed' };
    const names: Readonly<Record<string, string>> = {
      'null-device': '/dev/null',
      pipe: 'the input of the shell',
    };
    return saw(names[kind] ?? target, 'standard input of the list');
  },
);

promise(
  'An asynchronous list without job control stays in the process group of the shell',
  {
    id: 'sh/async-group',
    clause: 'POSIX.1-2024 XCU 2.11 Job Control: off in a shell that is not interactive',
    expect: 'same group',
    supports: ['process-group', 'session', 'background-start'],
  },
  () => {
    const { group, session } = startedBy(`${stays} & wait`, kinOf);
    return either(
      group === getpgrp() && session === getsid(0).value,
      'same group',
      'a group of its own',
      `group ${group}, session ${session}`,
    );
  },
);

promise(
  'With job control an asynchronous list has a process group of its own',
  {
    id: 'sh/monitor-group',
    clause: 'POSIX.1-2024 XCU set -m',
    expect: 'a group of its own',
    supports: ['process-group', 'background-start'],
  },
  () => {
    // Without a terminal some shells refuse job control.
    leadSessionOn(freshTerminal());
    const { group, session } = startedBy(`set -m; ${stays} & wait`, kinOf);
    return either(
      group !== getpgrp() && session === getsid(0).value,
      'a group of its own',
      'same group',
      `group ${group}, session ${session}`,
    );
  },
);

promise(
  'Signals ignored on entry to a shell stay ignored in what it starts',
  {
    id: 'sh/ignored',
    clause: 'POSIX.1-2024 XCU 2.12 Signals and Error Handling',
    expect: 'SIGHUP',
    supports: ['ignored-signals', 'sighup-disposition'],
  },
  () =>
    saw(
      startedBy(
        `${stays}; :`,
        (pid) => signalsOf(pid, 'ignored'),
        () => ignore('SIGHUP'),
      ),
      'ignored in its program',
    ),
);

promise(
  'A signal ignored on entry to a shell cannot be trapped',
  {
    id: 'sh/trap-ignored',
    clause: 'POSIX.1-2024 XCU trap, DESCRIPTION',
    expect: 'not trapped',
    supports: ['ignored-signals'],
  },
  () =>
    saw(
      execute('/bin/sh', ['-c', 'trap "echo trapped" USR1; kill -USR1 $$; echo done'], () =>
        ignore('SIGUSR1'),
      ).output === 'done\n'
        ? 'not trapped'
        : 'trapped',
      'trap of SIGUSR1',
    ),
);
