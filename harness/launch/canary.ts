/**
 * The canary: a program known to change nothing, launched exactly as the program under test, and read back. What it
 * does not show was not established, and no requirement that rests on it can pass.
 */

import { type Fact, isUnreadable, type ProcessFacts } from '../facts/process.ts';
import type { Establishment, LaunchFacts, OwnWorld } from '../facts/run.ts';
import { type DimensionName, dimensionNames, type StartState } from '../facts/start-state.ts';
import { hasAllOfItsOwn, nothingOfItsOwn, worldOf } from '../isolation/world-of.ts';
import { deviceNameOf } from '../observe/device-name.ts';
import { observer } from '../observe/system.ts';
import { dimensions } from './dimensions/index.ts';
import { environmentFor } from './environment.ts';
import { type Event, is } from './events.ts';
import { findProgram } from './find-program.ts';
import { beginDeadlineMs, type Launch, type Launcher, nowMs } from './launcher-client.ts';
import { environmentMarker, type Isolation, notifyVariable } from './protocol.ts';
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

const or = <T>(fact: Fact<T>, otherwise: T): T => (isUnreadable(fact) ? otherwise : (fact as T));

function givenBy(facts: ProcessFacts, start: StartState): CanaryReading['launch'] {
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

/**
 * Until execve and the loader are done it has other descriptors and no rest yet; asleep it stays as it is. On a busy
 * machine that takes its time: without a canary nothing is established, and no world is known to be had.
 */
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
  const deadline = beginDeadlineMs();
  while (nowMs() < deadline) {
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

/** Reads the canary back and has it ended. Never rejects: what went wrong is in `established`. */
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
    const act: Launch['act'] = (action) => launch.act(action);
    const look = { facts, start, started, act };
    const established: Partial<Record<DimensionName, Establishment>> = {};
    for (const name of dimensionNames) {
      const shown = await dimensions[name].show(look);
      if (shown !== null) {
        established[name] =
          'seen' in shown ? { established: true, ...shown } : { established: false, ...shown };
      }
    }
    const isolation = stage.isolated ? worldOf(started.pid) : nothingOfItsOwn;
    const isIsolated = hasAllOfItsOwn(isolation);
    return { established, isolation, isIsolated, notIsolated: stage.whyNot, launch: givenBy(facts, start) };
  } catch (error) {
    return nothing(error instanceof Error ? error.message : String(error));
  } finally {
    // Then its world, which is as it was, is there for the next launch.
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
          // In any other locale it reads a dozen files before it sleeps.
          environment: environmentFor(start, { ...environment, LC_ALL: 'C' }),
          directory,
          start,
          isolation,
          changesNothing: true,
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
