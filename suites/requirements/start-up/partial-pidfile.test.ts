import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { partialPidfile } from './partial-pidfile.ts';

const unseen = {
  kind: 'glimpses' as const,
  path: '/run/exampled.pid',
  attempts: 20,
  looks: 9000,
  unfinished: [],
};

test('what was only seen complete passes', () => {
  expect(judgementOfProbe(partialPidfile, unseen)).toEqual({ outcome: 'pass' });
});

test('what was seen empty fails', () => {
  const unfinished = [{ read: '', became: '302\n', afterMs: 2.25 }];
  expect(judgementOfProbe(partialPidfile, { ...unseen, unfinished })).toEqual({
    outcome: 'fail',
    expected: 'whenever /run/exampled.pid is there, it is complete',
    actual: 'it was seen unfinished in 1 of 20 starts',
    evidence: ['"" after 2.3 ms, and later "302\\n"', '9000 looks'],
  });
});

test('who creates it under its name and writes it later fails, who moves or links it there complete passes', () => {
  const appearance = { kind: 'appearance', path: '/run/exampled.pid', became: '302\n' } as const;
  const judged = (events: readonly string[]) => judgementOfProbe(partialPidfile, { ...appearance, events });
  expect(judged(['IN_CREATE'])).toEqual({ outcome: 'pass' });
  expect(judged(['IN_MODIFY', 'IN_DELETE', 'IN_MOVED_TO'])).toEqual({ outcome: 'pass' });
  expect(judged(['IN_CREATE', 'IN_MODIFY'])).toEqual({
    outcome: 'fail',
    expected: 'whenever /run/exampled.pid is there, it is complete',
    actual: 'it is created under this name and written later',
    evidence: ['inotify(7) of /run/exampled.pid: IN_CREATE, IN_MODIFY; in the end it holds "302\\n"'],
  });
});
