/** What the suite would run on a system, and what it would expect there. Nothing is run. */

import { libcOfThisProcess } from '../../../harness/observe/platform.ts';
import type { PlannedPromise, SuitePlan } from '../../../harness/report/suite/plan.ts';
import { expectedOn } from './judge.ts';
import { loadPromises } from './load.ts';
import { callOf, type System } from './promise.ts';

/** The C library is the first of the systems: on the BSDs it is part of the system. */
export const plannedSystems = {
  'linux-glibc': ['glibc', 'linux'],
  'linux-musl': ['musl', 'linux'],
  freebsd: ['freebsd'],
  openbsd: ['openbsd'],
  netbsd: ['netbsd'],
  macos: ['darwin'],
} as const satisfies Readonly<Record<string, readonly System[]>>;

export type PlannedSystem = keyof typeof plannedSystems;

/** By its name, or as the one this runs on; null for a name that is none. */
export function systemNamed(name: string): PlannedSystem | null {
  if (name !== 'here') return Object.hasOwn(plannedSystems, name) ? (name as PlannedSystem) : null;
  if (process.platform === 'linux')
    return libcOfThisProcess().startsWith('musl') ? 'linux-musl' : 'linux-glibc';
  return systemNamed(process.platform === 'darwin' ? 'macos' : process.platform);
}

/** @param only ids, or calls whose promises are all meant; null for every one */
export function planSuite(system: PlannedSystem, only: readonly string[] | null): SuitePlan {
  const promises = loadPromises()
    .filter(({ id }) => only === null || only.includes(id) || only.includes(callOf(id)))
    .map((declared): PlannedPromise => {
      const { id, title, clause, needs, implementationDefined, expect } = declared;
      const expected = expectedOn(expect, plannedSystems[system]);
      return {
        id,
        title,
        needs: needs ?? null,
        expected: expected?.kind ?? null,
        expectedBy: expected === null ? null : (expected.source ?? clause),
        judged: implementationDefined !== true && expected !== null && expected.kind !== 'unsupported',
      };
    });
  return { kind: 'suite-plan', suite: 'syscalls', system, promises };
}
