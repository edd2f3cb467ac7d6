/** What this machine lets be launched, followed and observed, found out by trying, and what would enable the rest. */

import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type GoneProcess, isUnreadable, noSurroundings, type Observation } from '../facts/process.ts';
import { type StartName, startNames } from '../facts/start-state.ts';
import { type Launcher, startLauncher } from '../launch/launcher-client.ts';
import { startStates } from '../launch/start-states.ts';
import { engine } from '../libc/engine.ts';
import { UnfitMachine } from '../observe/fit-machine.ts';
import { describePlatform } from '../observe/platform.ts';
import { observer } from '../observe/system.ts';

export interface Finding {
  readonly area: 'launch' | 'follow' | 'observe' | 'tools' | 'other systems';
  readonly what: string;
  readonly works: boolean;
  /** What was seen, or what is missing. */
  readonly detail: string;
  /** What would enable it; null where it works or nothing would. */
  readonly wouldHelp: string | null;
}

export interface Diagnosis {
  readonly platform: string;
  readonly findings: readonly Finding[];
}

function finding(
  area: Finding['area'],
  what: string,
  problem: string | null,
  { detail, wouldHelp }: { readonly detail: string; readonly wouldHelp: string | null },
): Finding {
  const works = problem === null;
  return { area, what, works, detail: problem ?? detail, wouldHelp: works ? null : wouldHelp };
}

async function startState(launcher: Launcher, name: StartName): Promise<Finding> {
  // It knows how each dimension is applied too, which takes the C library: there may be none to call.
  const { openCanaries } = await import('../launch/canary.ts');
  const { established } = await openCanaries(launcher).read(startStates[name], {
    directory: '/',
    environment: {},
    isolation: 'none',
    signal: undefined,
  });
  const missing = Object.entries(established).flatMap(([dimension, one]) =>
    one.established ? [] : [`${dimension}: ${one.because}`],
  );
  return finding('launch', `start state ${name}`, missing.length === 0 ? null : missing.join('; '), {
    detail: `${Object.keys(established).length} dimensions established`,
    wouldHelp: 'what rests on these dimensions stays inconclusive; the reason says what is in the way',
  });
}

/** How the launches of this system are kept hold of, reaper.ts. */
function followsOnBsd(): readonly Finding[] {
  const how: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
    freebsd: 'by procctl(2): orphans are handed to the stage',
    openbsd: 'by kevent(2) with NOTE_TRACK: orphans go to process 1, and are told of all the same',
    netbsd: 'by kevent(2) with NOTE_TRACK: orphans go to process 1, and are told of all the same',
  };
  const detail = how[process.platform];
  return [
    finding('follow', 'descendants of a process', detail === undefined ? 'not supported here' : null, {
      detail: detail ?? '',
      wouldHelp: null,
    }),
  ];
}

function follows(): readonly Finding[] {
  if (process.platform !== 'linux') return followsOnBsd();
  const own = `/proc/self/task/${process.pid}/children`;
  const children = existsSync(own) ? null : `${own} is not there`;
  const hidden = /hidepid=(?:[124]|invisible|noaccess|ptraceable)/.test(
    readFileSync('/proc/mounts', 'latin1'),
  );
  return [
    finding('follow', 'descendants of a process', children, {
      detail: 'by /proc/PID/task/TID/children',
      wouldHelp: 'a kernel with CONFIG_PROC_CHILDREN; without it all of /proc is searched, which is slower',
    }),
    finding('follow', 'processes of other users', hidden ? 'hidepid hides them in /proc' : null, {
      detail: 'visible in /proc',
      wouldHelp: 'run as root, or mount /proc without hidepid',
    }),
  ];
}

function observes(): readonly Finding[] {
  const root = process.getuid?.() === 0;
  const elsewhere = root ? 'CAP_SYS_PTRACE over process 1, which root lacks here' : 'run as root';
  const whose = [
    { pid: process.pid, what: 'facts of an own process', wouldHelp: null },
    { pid: 1, what: 'facts of a process of another user', wouldHelp: elsewhere },
  ];
  return whose.map(({ pid, what, wouldHelp }) => {
    let seen: Observation | GoneProcess;
    try {
      seen = observer().observeProcess(pid, noSurroundings);
    } catch (error) {
      // No binary of koffi, or records of an unknown release: the message says which.
      const because = error instanceof Error ? error.message : String(error);
      return finding('observe', what, because, { detail: '', wouldHelp: null });
    }
    if ('gone' in seen)
      return finding('observe', what, `process ${pid} cannot be seen`, { detail: '', wouldHelp });
    const { pid: _, ...facts } = seen.facts;
    const missing = Object.entries(facts).flatMap(([name, fact]) =>
      isUnreadable(fact) && !fact.absent ? [name] : [],
    );
    const all = Object.keys(facts).length;
    const problem = missing.length === 0 ? null : `not readable: ${missing.join(', ')}`;
    return finding('observe', what, problem, { detail: `all ${all} readable`, wouldHelp });
  });
}

function isInPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Where the same has been tried. */
const triedEngines: Readonly<Record<typeof engine.name, string>> = {
  'Node.js': 'tried on Linux with Node 20, 22, 24 and 26',
  Bun: 'promises and fixtures give what they give under Node on Linux; tried there and on FreeBSD 13.2 with Bun 1.4.5',
};

function engineFinding(): Finding {
  const detail = `${engine.name} ${engine.version}: ${triedEngines[engine.name]}`;
  return finding('tools', 'engine', null, { detail, wouldHelp: null });
}

function tools(): readonly Finding[] {
  const root = process.getuid?.() === 0;
  return [
    engineFinding(),
    finding('tools', 'strace', isInPath('strace') ? null : 'not in PATH', {
      detail: 'in PATH: --trace, and fault injection in the tests',
      wouldHelp: 'install strace',
    }),
    finding('tools', 'privileges of root', root ? null : 'not root', {
      detail: 'programs that drop privileges, other users and mount namespaces can be examined',
      wouldHelp: 'run as root for programs that change their user, and for promises that need it',
    }),
  ];
}

const wouldShow =
  'run doctor there; on-system.sh in .github has the steps of the workflow that runs the suites on many systems';

/** What has been proven of other systems on Linux, and how: nothing of it has run on one of them. */
const otherSystems: readonly (Finding & { readonly platform: NodeJS.Platform })[] = (
  [
    {
      platform: 'freebsd',
      what: 'FreeBSD',
      detail:
        'observe, launch and follow have run on FreeBSD 13.2 (amd64) as root, with Bun; what that kernel answered is in reports/freebsd-13.2-x64-libc, and is replayed by the tests',
      wouldHelp: wouldShow,
    },
    {
      platform: 'openbsd',
      what: 'OpenBSD',
      detail:
        'observe: decoded from sysctl(3), proven on captured bytes. launch and follow: kevent(2) with NOTE_TRACK, proven on captured events and preloaded calls. None of it has run there',
      wouldHelp: wouldShow,
    },
    {
      platform: 'netbsd',
      what: 'NetBSD',
      detail:
        'observe: decoded from sysctl(3), proven on captured bytes. launch and follow: kevent(2) with NOTE_TRACK, proven on captured events and preloaded calls. koffi has no binary for it, so that only compare, explain and list work there',
      wouldHelp: 'koffi built from source on NetBSD',
    },
    {
      platform: 'darwin',
      what: 'macOS',
      detail: 'observe, launch and follow: not supported; compare, explain and list work',
      wouldHelp: null,
    },
  ] as const
).map((known) => ({ ...known, area: 'other systems', works: false }));

function noLauncher(
  because: string,
  wouldHelp = 'koffi has to have a binary for this system, and its C library the calls of a launch',
): readonly Finding[] {
  return [finding('launch', 'the launcher', because, { detail: '', wouldHelp })];
}

async function launches(): Promise<{ readonly libc: string; readonly findings: readonly Finding[] }> {
  let launcher: Launcher;
  try {
    launcher = startLauncher();
  } catch (error) {
    if (error instanceof UnfitMachine)
      return { libc: 'unknown', findings: noLauncher(error.message, error.wouldHelp) };
    return { libc: 'unknown', findings: noLauncher(error instanceof Error ? error.message : String(error)) };
  }
  try {
    const libc = await launcher.libc;
    if (libc === '')
      return { libc: 'unknown', findings: noLauncher(launcher.whyGone() ?? 'it said nothing') };
    const started = await Promise.all(startNames.map((name) => startState(launcher, name)));
    const { isolation } = await import('./isolation.ts');
    return { libc, findings: [...started, ...(await isolation(launcher))] };
  } finally {
    await launcher.close();
  }
}

/** Tries everything once. Nothing it launches is left behind. */
export async function diagnose(): Promise<Diagnosis> {
  const { libc, findings } = await launches();
  return {
    platform: describePlatform(libc).id,
    findings: [
      ...findings,
      ...follows(),
      ...observes(),
      ...tools(),
      ...otherSystems.filter(({ platform }) => platform !== process.platform),
    ],
  };
}
