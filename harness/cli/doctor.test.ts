import { expect, test } from 'vitest';
import type { Diagnosis } from '../doctor/diagnose.ts';
import { renderDiagnosis } from './doctor.ts';

const detail =
  'observe, launch and follow have run there, with some other engine; what that kernel answered lies beside the reports';
const diagnosis: Diagnosis = {
  platform: 'linux-6.1-x64-glibc-2.36',
  findings: [
    { area: 'launch', what: 'start state clean', works: true, detail, wouldHelp: null },
    { area: 'tools', what: 'strace', works: false, detail: 'not in PATH', wouldHelp: 'install strace' },
    { area: 'other systems', what: 'FreeBSD', works: false, detail, wouldHelp: 'run doctor there' },
    { area: 'other systems', what: 'OpenBSD', works: false, detail, wouldHelp: null },
  ],
};
const view = { width: 80, verbose: false, color: false };

test('what concerns other systems is one line, with the way to the rest', () => {
  expect(renderDiagnosis(diagnosis, view)).toBe(`linux-6.1-x64-glibc-2.36

launch
  yes  start state clean
       observe, launch and follow have run there, with some other engine; what
       that kernel answered lies beside the reports

tools
  no   strace
       not in PATH
       try: install strace

other systems (FreeBSD, OpenBSD): doctor -v
`);
});

test('-v unfolds it', () => {
  const text = renderDiagnosis(diagnosis, { ...view, verbose: true });
  expect(text).toContain('\nother systems\n  no   FreeBSD\n');
  expect(text).toContain('       try: run doctor there\n  no   OpenBSD\n');
  expect(text).not.toContain('doctor -v');
});

test.each([40, 80, 120])('%i columns hold', (width) => {
  for (const verbose of [true, false]) {
    const lines = renderDiagnosis(diagnosis, { ...view, width, verbose }).split('\n');
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  }
});
