import { expect, test } from 'vitest';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { foregroundParity } from './foreground-parity.ts';

const same = {
  kind: 'parity' as const,
  masks: { foreground: '0022', daemon: '0022' },
  files: [{ path: '/srv/log', foreground: '0644', daemon: '0644' }],
};

test('one mask and one mode pass', () => {
  expect(judgementOfProbe(foregroundParity, same)).toEqual({ outcome: 'pass' });
});

test('another mask and another mode fail', () => {
  const other = {
    ...same,
    masks: { foreground: '0022', daemon: '0000' },
    files: [{ path: '/srv/log', foreground: '0644', daemon: '0666' }],
  };
  expect(judgementOfProbe(foregroundParity, other)).toEqual({
    outcome: 'fail',
    expected: 'the same mask and the same modes',
    actual: 'mask 0022 in the foreground, 0000 as a daemon; /srv/log has mode 0644, and 0666 by the daemon',
  });
});
