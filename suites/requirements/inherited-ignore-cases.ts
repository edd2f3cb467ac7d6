/** The cases of a requirement that a signal is not ignored because the starter ignored it. */

import { expect, test } from 'vitest';
import type { ObservedProcess, Run } from '../../harness/facts/run.ts';
import { cleanRun, hostileRun, rightDaemon, rightWorker } from '../../harness/judge/example-run.ts';
import type { Requirement } from '../../harness/judge/requirement.ts';
import { profiles } from '../profiles/index.ts';
import { judgementOf } from './judgement-of.ts';

const { sysv } = profiles;
export const ignoring = (process: ObservedProcess, ...names: string[]): ObservedProcess => ({
  ...process,
  signals: { blocked: [], ignored: names, caught: [], pending: [] },
});
const clean = (...processes: ObservedProcess[]): Run => ({ ...cleanRun, processes });
export const hostile = (...processes: ObservedProcess[]): Run => ({ ...hostileRun, processes });
const ignored = { outcome: 'fail', expected: 'not ignored, as after the clean start', actual: 'ignored' };

/**
 * @param other a signal that the requirement does not concern
 * @param found what it says of a process that ignores the signal
 */
export function testInheritedIgnore(
  requirement: Requirement,
  name: string,
  other: string,
  found: object = ignored,
): void {
  test('a daemon that ignores nothing passes', () => {
    expect(judgementOf(requirement, [cleanRun, hostileRun], sysv)).toEqual({ outcome: 'pass' });
  });

  test('what is ignored after the hostile start alone was inherited', () => {
    expect(judgementOf(requirement, [cleanRun, hostile(ignoring(rightDaemon, name))], sysv)).toEqual(found);
  });

  test('what the daemon ignores by its own choice passes', () => {
    const chosen = [clean(ignoring(rightDaemon, name)), hostile(ignoring(rightDaemon, name))];
    expect(judgementOf(requirement, chosen, sysv)).toEqual({ outcome: 'pass' });
  });

  test('a worker is judged too', () => {
    const worker = ignoring(rightWorker, name);
    expect(
      judgementOf(requirement, [clean(rightDaemon, rightWorker), hostile(rightDaemon, worker)], sysv),
    ).toEqual(found);
  });

  test('another ignored signal is another requirement', () => {
    expect(judgementOf(requirement, [cleanRun, hostile(ignoring(rightDaemon, other))], sysv)).toEqual({
      outcome: 'pass',
    });
  });

  test('a pass means nothing if nothing was ignored', () => {
    expect(judgementOf(requirement, [cleanRun, { ...hostileRun, established: {} }], sysv)).toMatchObject({
      outcome: 'inconclusive',
    });
  });

  test('what one worker of several ignores after the clean start is the choice of that program', () => {
    const worker = ignoring(rightWorker, name);
    const runs = [clean(rightDaemon, rightWorker, worker), hostile(rightDaemon, worker)];
    expect(judgementOf(requirement, runs, sysv)).toEqual({ outcome: 'pass' });
  });
}
