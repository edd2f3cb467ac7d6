import { expect, test } from 'vitest';
import { bsdOutcomes } from '../../../harness/libc/bsd/outcomes.ts';
import { loadPromises } from './load.ts';
import { measured } from './measured.ts';

test('an outcome is told in the words of the promise', () => {
  expect(measured('TIOCNOTTY by the session leader', { 0: 'nothing' })).toEqual({
    freebsd: { kind: 'nothing', source: 'measured on FreeBSD 12.2: TIOCNOTTY by the session leader' },
    openbsd: { kind: 'EINVAL', source: 'measured on OpenBSD 7.3: TIOCNOTTY by the session leader' },
    netbsd: { kind: 'EINVAL', source: 'measured on NetBSD 10.99.12: TIOCNOTTY by the session leader' },
  });
  expect(measured('TIOCSCTTY by a session leader').freebsd.kind).toBe('succeeds');
});

test('every outcome that was measured is what a promise expects there', () => {
  const sources = loadPromises().flatMap(({ expect: expectation }) =>
    typeof expectation === 'string' ? [] : Object.values(expectation),
  );
  const said = new Set(sources.map((one) => (typeof one === 'string' ? '' : one.source)));
  for (const call of Object.keys(bsdOutcomes)) {
    const on = ['FreeBSD 12.2', 'OpenBSD 7.3', 'NetBSD 10.99.12'];
    expect(on.filter((system) => !said.has(`measured on ${system}: ${call}`))).toEqual([]);
  }
});
