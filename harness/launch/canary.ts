/**
 * The canary: a program known to change nothing, launched exactly as the program under test, and read back. What it
 * does not show was not established, and no requirement that rests on it can pass.
 */

import { getPriority } from 'node:os';
import { type Fact, isUnreadable, type ProcessFacts } from '../facts/process.ts';
import type { Establishment, LaunchFacts, OwnWorld } from '../facts/run.ts';
import { type DimensionName, dimensionNames, type StartState } from '../facts/start-state.ts';
import { hasAllOfItsOwn, nothingOfItsOwn, worldOf } from '../isolation/world-of.ts';
import { deviceNameOf } from '../observe/device-name.ts';
import { textOf } from '../observe/linux/reading.ts';
import { observer } from '../observe/system.ts';
import { environmentFor } from './environment.ts';
import { type Event, is } from './events.ts';
import { findProgram } from './find-program.ts';
import { beginDeadlineMs, type Launch, type Launcher } from './launcher-client.ts';
import { environmentMarker, type Isolation, notifyVariable, plantedDescriptors } from './protocol.ts';
import { unlessAborted } from './unless-aborted.ts';

type StartedEvent = Event<'started'>;

export interface CanaryReading {
  readonly established: Readonly<Partial<Record<DimensionName, Establishment>>>;
  readonly isolation: OwnWorld;
  /** It has all of that. */
  readonly isIsolated: boolean;
  /** Why it has no world of its own, although it was to. */
  readonly notIsolated: string | null;
  readonly launch: Omit<
    LaunchFacts,
    'session' | 'processGroup' | 'terminal' | 'workingDirectory' | 'planted' | 'captured'
  >;
}

interface Look {
  readonly facts: ProcessFacts;
  readonly start: StartState;
  readonly started: StartedEvent;
}

/** Asked for and shown, asked for and not shown (why), or not part of this start state. */
type CanarySighting = { readonly seen: string } | { readonly because: string } | null;

function compare(seen: unknown, wanted: unknown): CanarySighting {
  if (isUnreadable(seen)) return { because: seen.unreadable };
  const text = typeof seen === 'string' ? seen : JSON.stringify(seen);
  const wantedText = typeof wanted === 'string' ? wanted : JSON.stringify(wanted);
  return text === wantedText
    ? { seen: text }
    : { because: `asked for ${wantedText}, the canary shows ${text}` };
}

/** setpriority(2). */
const nicest = 19;

const sorted = (names: readonly string[]): string => [...names].sort().join(' ') || 'none';
const octal = (mask: number): string => mask.toString(8).padStart(4, '0');

/** How descriptors 0, 1 and 2 look, one word each. */
function streams({ facts, started }: Look): string | { readonly unreadable: string } {
  if (isUnreadable(facts.descriptors)) return facts.descriptors;
  const { descriptors } = facts;
  return [0, 1, 2]
    .map((number) => {
      const found = descriptors.find(({ fd }) => fd === number);
      if (found === undefined) return 'closed';
      return found.kind === 'terminal' && found.device === started.terminal?.device ? 'terminal' : found.kind;
    })
    .join(' ');
}

const streamsWanted: Readonly<Record<StartState['standardStreams'], string>> = {
  terminal: 'terminal terminal terminal',
  captured: 'null-device pipe pipe',
  socket: 'null-device socket socket',
  null: 'null-device null-device null-device',
  closed: 'closed closed closed',
};

function otherDescriptors({ facts, start }: Look): CanarySighting {
  if (isUnreadable(facts.descriptors)) return { because: facts.descriptors.unreadable };
  const asked: number[] = start.plantDescriptors ? plantedDescriptors.map(({ fd }) => fd) : [];
  const others = facts.descriptors.filter(({ fd }) => fd > 2 && !asked.includes(fd));
  const names = others.map(({ fd, target }) => `${fd} -> ${target}`);
  return others.length === 0 ? { seen: 'none' } : { because: `the canary has also ${names.join(', ')}` };
}

function plantedSeen({ facts, start }: Look): CanarySighting {
  if (!start.plantDescriptors) return null;
  if (isUnreadable(facts.descriptors)) return { because: facts.descriptors.unreadable };
  const { descriptors } = facts;
  const missing = plantedDescriptors.filter(
    (one) => !descriptors.some(({ fd, planted }) => fd === one.fd && planted === one.name),
  );
  const list = (some: readonly { readonly fd: number; readonly name: string }[]): string =>
    some.map(({ fd, name }) => `${fd} ${name}`).join(', ');
  return missing.length === 0
    ? { seen: list(plantedDescriptors) }
    : { because: `the canary lacks ${list(missing)}` };
}

/** Locks on an open file stand in its fdinfo, proc_pid_fdinfo(5). Elsewhere the lock is tried. */
function lockSeen({ facts, start }: Look): CanarySighting {
  if (!start.plantDescriptors || process.platform !== 'linux') return null;
  const path = `/proc/${facts.pid}/fdinfo/${plantedDescriptors[0].fd}`;
  try {
    const line = textOf(path)
      .split('\n')
      .find((one) => one.startsWith('lock:') && one.includes('FLOCK'));
    return line === undefined ? { because: `no lock in ${path}` } : { seen: line.replace(/\s+/g, ' ') };
  } catch (error) {
    return { because: `${(error as NodeJS.ErrnoException).code ?? error} on ${path}` };
  }
}

/** Where no file tells of locks: another open file description of the stage cannot have it. */
async function lockTried(launch: Launch): Promise<Establishment> {
  const { errno, held } = await launch.act({ kind: 'relock' });
  return held.includes('flock')
    ? { established: true, seen: 'flock(2) by another is refused' }
    : { established: false, because: errno ?? 'flock(2) by another is not refused' };
}

const dimensions: Readonly<Record<DimensionName, (look: Look) => CanarySighting>> = {
  terminal: ({ facts, start, started }) =>
    isUnreadable(facts.terminal)
      ? { because: facts.terminal.unreadable }
      : compare(
          facts.terminal?.device ?? 'none',
          start.terminal === 'none' ? 'none' : started.terminal?.device,
        ),
  foreground: ({ facts, start }) =>
    start.terminal === 'none'
      ? null
      : compare(
          facts.foregroundProcessGroup,
          start.terminal === 'background' ? facts.session : facts.processGroup,
        ),
  'session-leader': ({ facts, start }) =>
    compare(isUnreadable(facts.session) ? facts.session : facts.session === facts.pid, start.sessionLeader),
  'process-group-leader': ({ facts }) => compare(facts.processGroup, facts.pid),
  'standard-streams': (look) => compare(streams(look), streamsWanted[look.start.standardStreams]),
  'no-other-descriptors': otherDescriptors,
  'file-mode-creation-mask': ({ facts, start }) =>
    compare(facts.fileModeCreationMask, octal(start.fileModeCreationMask)),
  'working-directory': ({ facts, started }) => compare(facts.workingDirectory, started.directory),
  'planted-descriptors': plantedSeen,
  'planted-lock': lockSeen,
  'soft-descriptor-limit': ({ facts, start }) => {
    if (start.softDescriptorLimit === null) return null;
    const { limits } = facts;
    return compare(isUnreadable(limits) ? limits : limits.nofile?.soft, start.softDescriptorLimit);
  },
  'ignored-signals': ({ facts: { signals }, start }) => {
    if (start.ignored.length === 0) return null;
    if (isUnreadable(signals)) return { because: signals.unreadable };
    // What a system does not tell apart cannot be asked for; SIGCHLD is that on the BSDs.
    const told = start.ignored.filter((name) => !signals.ignoredOrDefault?.includes(name));
    return compare(sorted(signals.ignored), sorted(told));
  },
  'blocked-signals': ({ facts: { signals }, start }) =>
    start.blocked.length === 0
      ? null
      : compare(isUnreadable(signals) ? signals : sorted(signals.blocked), sorted(start.blocked)),
  'default-dispositions': ({ facts: { signals }, start }) =>
    start.ignored.length > 0
      ? null
      : compare(isUnreadable(signals) ? signals : sorted([...signals.ignored, ...signals.caught]), 'none'),
  'empty-signal-mask': ({ facts: { signals }, start }) =>
    start.blocked.length > 0
      ? null
      : compare(isUnreadable(signals) ? signals : sorted(signals.blocked), 'none'),
  'environment-marker': ({ facts, start }) =>
    start.environmentMarker ? compare(facts.environmentMarker, true) : null,
  'nice-value': ({ facts, start }) =>
    start.nice === null ? null : compare(facts.nice, Math.min(getPriority() + start.nice, nicest)),
  'oom-score-adjustment': ({ facts, start }) =>
    start.oomScoreAdjustment === null ? null : compare(facts.oomScoreAdjustment, start.oomScoreAdjustment),
  'notify-socket': ({ facts, start, started }) => {
    if (!start.notifySocket) return null;
    if (started.notifySocket === null) return { because: started.notListening ?? 'nobody listens' };
    return facts.environmentMarker === true
      ? { seen: `${notifyVariable}${started.notifySocket}` }
      : compare(facts.environmentMarker, true);
  },
};

const or = <T>(fact: Fact<T>, otherwise: T): T => (isUnreadable(fact) ? otherwise : (fact as T));

function givenBy({ facts, start }: Look): CanaryReading['launch'] {
  const limits = or(facts.limits, {});
  return {
    fileModeCreationMask: start.fileModeCreationMask,
    rootDirectory: or(facts.rootDirectory, '/'),
    userId: or(facts.userIds, { real: -1, effective: -1, saved: -1 }).effective,
    groupId: or(facts.groupIds, { real: -1, effective: -1, saved: -1 }).effective,
    supplementaryGroups: or(facts.supplementaryGroups, []),
    nullDevice: deviceNameOf('/dev/null'),
    nice: or(facts.nice, 0),
    oomScoreAdjustment: or(facts.oomScoreAdjustment, 0),
    softDescriptorLimit: limits.nofile?.soft ?? 'unlimited',
  };
}

/** Until execve and the loader are done it has other descriptors and no rest yet; asleep it stays as it is. */
async function observeAsleep(
  pid: number,
  started: StartedEvent,
  stage: number,
): Promise<ProcessFacts | null> {
  const surroundings = {
    subreaper: stage,
    planted: new Map(started.planted.map(({ identity, name }) => [identity, name])),
    environmentMarker:
      started.notifySocket === null ? environmentMarker : `${notifyVariable}${started.notifySocket}`,
  };
  const deadline = performance.now() + 2000;
  while (performance.now() < deadline) {
    const seen = observer().observeProcess(pid, surroundings);
    if ('gone' in seen) return null;
    const { waiting } = seen.facts;
    const asleep = isUnreadable(waiting) ? seen.facts.state === 'S' : waiting !== 'no';
    if (seen.whole && asleep) return seen.facts;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return null;
}

/** POSIX.1-2024 XCU sleep, which changes nothing of what exec hands on. */
export const canaryCommand = ['sleep', '86400'] as const;

/** Reads the canary back and ends it. Never rejects: what went wrong is in `established`. */
async function readBack(launch: Launch, start: StartState): Promise<CanaryReading> {
  const nothing = (because: string): CanaryReading => ({
    established: Object.fromEntries(
      dimensionNames.map((name) => [name, { established: false, because } satisfies Establishment]),
    ),
    isolation: nothingOfItsOwn,
    isIsolated: false,
    notIsolated: because,
    launch: {
      fileModeCreationMask: start.fileModeCreationMask,
      rootDirectory: '/',
      userId: -1,
      groupId: -1,
      supplementaryGroups: [],
      nullDevice: deviceNameOf('/dev/null'),
      nice: 0,
      oomScoreAdjustment: 0,
      softDescriptorLimit: 'unlimited',
    },
  });
  try {
    const stage = await launch.until(is('stage', 'lost'), beginDeadlineMs());
    const started =
      stage === null ? null : await launch.until(is('started', 'not-started', 'lost'), beginDeadlineMs());
    if (stage?.type !== 'stage' || started?.type !== 'started')
      return nothing('the canary could not be launched');
    const facts = await observeAsleep(started.pid, started, stage.pid);
    if (facts === null) return nothing('the canary could not be observed');
    const look: Look = { facts, start, started };
    const established: Partial<Record<DimensionName, Establishment>> = {};
    for (const name of dimensionNames) {
      const shown = dimensions[name](look);
      if (shown !== null) {
        established[name] =
          'seen' in shown ? { established: true, ...shown } : { established: false, ...shown };
      }
    }
    if (start.plantDescriptors && process.platform !== 'linux') {
      established['planted-lock'] = await lockTried(launch);
    }
    const isolation = stage.isolated ? worldOf(started.pid) : nothingOfItsOwn;
    const isIsolated = hasAllOfItsOwn(isolation);
    return { established, isolation, isIsolated, notIsolated: stage.whyNot, launch: givenBy(look) };
  } catch (error) {
    return nothing(error instanceof Error ? error.message : String(error));
  } finally {
    await launch.end();
  }
}

/** What a canary shares with the program it goes before. */
export interface CanaryRequest {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly isolation: Isolation;
  readonly signal: AbortSignal | undefined;
}

export interface Canaries {
  /**
   * What a launch under the start state really finds; the same launch is read back once.
   * Rejects with the signal's reason, and with nothing else.
   */
  read(start: StartState, request: CanaryRequest): Promise<CanaryReading>;
}

export function openCanaries(launcher: Launcher): Canaries {
  const readings = new Map<string, Promise<CanaryReading>>();
  return {
    read(start, { directory, environment, isolation, signal }) {
      const key = JSON.stringify([start, directory, isolation]);
      let reading = readings.get(key);
      if (reading === undefined) {
        const found = findProgram(canaryCommand[0], { cwd: directory, path: '/bin:/usr/bin' });
        const path = found.kind === 'found' ? found.path : `/bin/${canaryCommand[0]}`;
        const asked = {
          image: { kind: 'execute', path },
          argv: canaryCommand,
          environment: environmentFor(start, environment),
          directory,
          start,
          isolation,
        } as const;
        // What one check reads serves others, that nobody stops.
        const launch = launcher.launch(asked, undefined);
        reading = readBack(launch, start);
        readings.set(key, reading);
      }
      return unlessAborted(reading, signal);
    },
  };
}
