/**
 * Checks of a real FreeBSD 13.2: the facts that were recorded there, judged by the requirements of today. A C program
 * applies the steps of a daemon, all of them or all but one.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Probes } from '../../harness/facts/finding.ts';
import type { Run } from '../../harness/facts/run.ts';
import { judge } from '../../harness/judge/judge.ts';
import type { Policy } from '../../harness/judge/profile.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { profiles } from '../profiles/index.ts';
import { requirements } from '../requirements/index.ts';

interface RecordedReport {
  readonly program: string;
  readonly report: {
    readonly policy: Policy;
    readonly runs: readonly Run[];
    readonly probes: Probes;
    readonly results: readonly { readonly id: string; readonly outcome: string }[];
  };
}

const recorded = readFileSync(join(packageRoot, 'reports/freebsd-13.2-x64-libc/checks.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedReport);

/**
 * Findings that were wrong there: `inherited-lock` found the stage's own flock(2), mended in harness/launch/act.ts;
 * the end of a pipe that nobody held came after half a second, mended in harness/probe/channels.ts. That
 * `pinned-filesystem` passed of nothing is no finding that can be judged anew: harness/probe/pinned-filesystem.ts.
 */
const mistaken = ['inherited-lock', 'captured-output'];

/** What the step that was left out has to fail; none sets its nice value back. */
const failing: Readonly<Record<string, readonly string[]>> = {
  hardened: [],
  'no-fork': [
    'process-group',
    'session',
    'controlling-terminal',
    'foreground-process-group',
    'keyboard-signals',
    'logout',
    'session-sighup',
  ],
  'no-setsid': [
    'process-group',
    'session',
    'controlling-terminal',
    'foreground-process-group',
    'keyboard-signals',
    'logout',
    'session-sighup',
  ],
  'no-second-fork': ['session-leader'],
  'no-null': ['standard-streams', 'captured-output'],
  'no-umask': ['file-mode-creation-mask', 'inherited-file-mode-creation-mask'],
  'no-chdir': ['working-directory'],
};

test('every variant is there', () => {
  expect(recorded.map(({ program }) => program).sort()).toEqual(Object.keys(failing).sort());
});

test.each(recorded.map((one) => [one.program, one] as const))(
  '%s fails what it left out',
  (program, { report }) => {
    const { results } = judge({
      profile: profiles.sysv,
      policy: report.policy,
      evidenceOf: () => [],
      runs: report.runs,
      requirements,
      probes: report.probes,
      counting: 'must',
    });
    const failed = results.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
    const wanted = failing[program] ?? [];
    const counted = failed.filter(
      (id) => id !== 'nice-value' && (wanted.includes(id) || !mistaken.includes(id)),
    );
    expect(counted.sort()).toEqual([...wanted].sort());
  },
);

test('what passed there passes of the same facts today', () => {
  const fewer = recorded.flatMap(({ program, report }) => {
    const { results } = judge({
      profile: profiles.sysv,
      policy: report.policy,
      evidenceOf: () => [],
      runs: report.runs,
      requirements,
      probes: report.probes,
      counting: 'must',
    });
    const now = new Map(results.map(({ id, outcome }) => [id, outcome]));
    return report.results
      .filter(({ id, outcome }) => outcome === 'pass' && now.get(id) !== 'pass')
      .map(({ id }) => `${program}: ${id} is ${now.get(id)}`);
  });
  expect(fewer).toEqual([]);
});
