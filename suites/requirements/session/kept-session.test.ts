import { expect, test } from 'vitest';
import { supervisedRun } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { keptSession } from './kept-session.ts';

test('the session it was started in passes', () => {
  expect(judgementOf(keptSession, [supervisedRun], profiles.supervised)).toEqual({ outcome: 'pass' });
});

test('another session fails', () => {
  const processes = supervisedRun.processes.map((each) => ({ ...each, session: 310 }));
  expect(judgementOf(keptSession, [{ ...supervisedRun, processes }], profiles.supervised)).toEqual({
    outcome: 'fail',
    expected: 'session 300, in which it was started',
    actual: '310',
  });
});
