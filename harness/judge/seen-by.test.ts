import { expect, test } from 'vitest';
import { cleanRun, rightDaemon, rightWorker, supervisedRun } from './example-run.ts';
import { daemonOf, seenBy, whyNoDaemon } from './seen-by.ts';

const toBackground = { foreground: false };
const toForeground = { foreground: true };
const rolesOf = (run: typeof cleanRun) => run.processes.map(({ pid, role }) => `${pid} ${role}`);

test('a run whose starter returned is the same to a profile of the background', () => {
  expect(seenBy(toBackground, cleanRun)).toBe(cleanRun);
});

test('a starter that stays is the daemon of a profile of the foreground, and its descendants are workers', () => {
  const child = { ...rightWorker, role: 'survivor' as const };
  const run = seenBy(toForeground, { ...supervisedRun, processes: [...supervisedRun.processes, child] });
  expect(run.daemon).toBe(300);
  expect(rolesOf(run)).toEqual(['300 daemon', '303 worker']);
});

test('a starter that stays is no daemon of a profile of the background, whoever followed it', () => {
  const followed = seenBy(toForeground, {
    ...supervisedRun,
    processes: [...supervisedRun.processes, rightWorker],
  });
  const run = seenBy(toBackground, followed);
  expect(run.daemon).toBeNull();
  expect(rolesOf(run)).toEqual(['300 starter', '303 survivor']);
});

test('what a starter left behind is no service of the foreground', () => {
  const run = seenBy(toForeground, cleanRun);
  expect(run.daemon).toBeNull();
  expect(run.processes).toEqual([]);
});

test('the daemon is the process of that role', () => {
  expect(daemonOf({ ...cleanRun, processes: [rightWorker, rightDaemon] })).toBe(rightDaemon);
  expect(daemonOf({ ...cleanRun, processes: [rightWorker] })).toBeNull();
});

test('why there is no daemon', () => {
  const none = { ...cleanRun, processes: [] };
  expect(whyNoDaemon(cleanRun, toBackground)).toBeNull();
  expect(whyNoDaemon(supervisedRun, toBackground)).toBe('the program is still in the foreground');
  expect(whyNoDaemon(none, toBackground)).toBe('no process survived');
  expect(whyNoDaemon(none, toForeground)).toBe('the program did not stay in the foreground');
  expect(whyNoDaemon({ ...cleanRun, processes: [rightWorker] }, toBackground)).toBe(
    'none of the processes that survived is the declared daemon',
  );
});
