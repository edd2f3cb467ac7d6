import { expect, test } from 'vitest';
import type { CreatedFile } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { createdFileModes } from './created-file-modes.ts';

const found = (...files: readonly CreatedFile[]) => ({
  kind: 'created-files' as const,
  directories: ['/srv/exampled'],
  files,
});

test('nothing, what only the owner writes to, and a directory like /tmp pass', () => {
  expect(judgementOfProbe(createdFileModes, found())).toEqual({ outcome: 'pass' });
  const files = [
    { path: '/srv/exampled/log', kind: 'file', mode: '0644' },
    { path: '/srv/exampled/tmp', kind: 'directory', mode: '1777' },
  ];
  expect(judgementOfProbe(createdFileModes, found(...files))).toEqual({ outcome: 'pass' });
});

test('what others can write to fails', () => {
  const files = [
    { path: '/srv/exampled/log', kind: 'file', mode: '0666' },
    { path: '/srv/exampled/socket', kind: 'socket', mode: '0775' },
    { path: '/srv/exampled/data', kind: 'directory', mode: '0755' },
  ];
  expect(judgementOfProbe(createdFileModes, found(...files))).toEqual({
    outcome: 'fail',
    expected: 'nothing that group or others can write to',
    actual: 'file /srv/exampled/log has mode 0666; socket /srv/exampled/socket has mode 0775',
    evidence: ['ls -ld /srv/exampled/log', 'ls -ld /srv/exampled/socket'],
  });
});
