import { expect, test } from 'vitest';
import { renderPlanPretty } from '../../../harness/report/suite/plan.ts';
import { plannedSystems, planSuite, systemNamed } from './plan.ts';

test.each(Object.keys(plannedSystems) as (keyof typeof plannedSystems)[])(
  'the whole suite is planned for %s',
  (system) => {
    const { promises } = planSuite(system, null);
    expect(promises.length).toBeGreaterThanOrEqual(150);
    for (const { id, expected, expectedBy, judged } of promises) {
      expect({
        id,
        sourced: (expected === null) === (expectedBy === null),
        judged: judged && expected === null,
      }).toEqual({ id, sourced: true, judged: false });
    }
  },
);

test('a system is planned as it was measured', () => {
  const plan = (system: 'linux-glibc' | 'freebsd' | 'openbsd') =>
    planSuite(system, ['tiocnotty/leader', 'procctl/reaper']).promises.map(({ id, expected, expectedBy }) => [
      id,
      expected,
      expectedBy,
    ]);
  expect(plan('freebsd')).toEqual([
    ['procctl/reaper', 'adopts', 'procctl(2), PROC_REAP_ACQUIRE'],
    ['tiocnotty/leader', 'nothing', 'measured on FreeBSD 12.2: TIOCNOTTY by the session leader'],
  ]);
  expect(plan('openbsd')).toEqual([
    ['procctl/reaper', 'unsupported', 'procctl(2), PROC_REAP_ACQUIRE'],
    ['tiocnotty/leader', 'EINVAL', 'measured on OpenBSD 7.3: TIOCNOTTY by the session leader'],
  ]);
  expect(plan('linux-glibc')).toEqual([
    ['procctl/reaper', 'unsupported', 'procctl(2), PROC_REAP_ACQUIRE'],
    ['tiocnotty/leader', 'SIGHUP SIGCONT', 'ioctl_tty(2), TIOCNOTTY'],
  ]);
});

test('what runs here has a name, and an invented system has none', () => {
  expect(systemNamed('here')).not.toBeNull();
  expect(systemNamed('netbsd')).toBe('netbsd');
  expect(systemNamed('beos')).toBeNull();
});

test('a plan says what is expected, what is left to the system, and what nobody has recorded', () => {
  const plan = planSuite('netbsd', [
    'exec/ignored-sigchld',
    'tiocnotty',
    'daemon/no-null-device',
    'procctl/fork',
  ]);
  expect(renderPlanPretty(plan, { color: false, width: 80, verbose: false })).toBe(
    `syscalls: 7 promises would run on netbsd
  daemon/no-null-device  no expectation recorded (needs root)
  exec/ignored-sigchld  reset to default (left to the system)
  procctl/fork  unsupported
  tiocnotty/leader  EINVAL
  tiocnotty/background  EINVAL
  tiocnotty/member  itself alone
  tiocnotty/not-controlling  ENOSYS
4 judged, 1 left to the system, 1 unsupported there, 1 without an expectation
`,
  );
});
