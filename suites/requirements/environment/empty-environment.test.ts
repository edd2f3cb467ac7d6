import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { emptyEnvironment } from './empty-environment.ts';

const started = {
  kind: 'started' as const,
  foreground: false,
  start: { ending: 'exit status 0', said: '', left: [{ pid: 302, name: 'exampled' }] },
  pidfile: null,
};

test('a start that comes to a daemon passes', () => {
  expect(judgementOfProbe(emptyEnvironment, started)).toEqual({ outcome: 'pass' });
});

test('one that does not fails', () => {
  const start = { ending: 'exit status 1', said: 'HOME is not set', left: [] };
  expect(judgementOfProbe(emptyEnvironment, { ...started, start })).toEqual({
    outcome: 'fail',
    expected: 'it starts as it does otherwise',
    actual: 'exit status 1 ("HOME is not set")',
    evidence: ['env -i PROGRAM ...'],
  });
});
