import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PromiseResult, SuiteReport } from '../../../harness/report/suite/report.ts';
import { differences, platformFolder, readReference, writeSuiteReport } from './reference.ts';

const platform = {
  id: 'linux-6.18.44-x64-glibc-2.36',
  os: 'linux',
  release: '6.18.44-generic',
  arch: 'x64',
  libc: 'glibc-2.36',
  examinedLibc: 'glibc-2.36',
  node: 'v20.20.2',
};

function reportWith(kinds: Readonly<Record<string, string>>): SuiteReport {
  const promises = Object.entries(kinds).map(
    ([id, kind]): PromiseResult => ({
      id,
      call: 'a',
      title: 'title',
      clause: 'clause',
      rows: [],
      supports: [],
      needs: null,
      verdict: kind === 'unsupported' ? 'unsupported' : 'holds',
      kind,
      seen: '',
      expected: kind,
      expectedBy: null,
      standard: null,
    }),
  );
  const summary = { holds: 0, broken: 0, 'implementation-defined': 0, unsupported: 0, unresolved: 0 };
  return { schemaVersion: 1, kind: 'suite', suite: 'syscalls', platform, promises, summary };
}

test('a platform folder has no patch release, and names a C library that was given', () => {
  expect(platformFolder(platform)).toBe('linux-6.18-x64-glibc-2.36');
  expect(platformFolder({ ...platform, examinedLibc: 'musl-1.2.3' })).toBe(
    'linux-6.18-x64-glibc-2.36+musl-1.2.3',
  );
  expect(
    platformFolder({
      ...platform,
      os: 'freebsd',
      release: '14.2-RELEASE',
      libc: 'libc',
      examinedLibc: 'libc',
    }),
  ).toBe('freebsd-14.2-x64-libc');
});

test('a report is read back as it was written', () => {
  const directory = mkdtempSync(join(tmpdir(), 'reference-reports-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  expect(readReference(platform, directory)).toBeNull();
  const report = reportWith({ 'a/one': 'EPERM' });
  writeSuiteReport(report, directory);
  expect(readReference(platform, directory)).toEqual(report);
});

test('differences are kinds that changed, came or went, and not what could not be tried', () => {
  const reference = reportWith({ 'a/same': 'x', 'a/changed': 'x', 'a/gone': 'x', 'a/untried': 'x' });
  const here = reportWith({ 'a/same': 'x', 'a/changed': 'y', 'a/new': 'x', 'a/untried': 'unsupported' });
  expect(differences(reference, here)).toEqual([
    { id: 'a/changed', reference: 'x', here: 'y' },
    { id: 'a/gone', reference: 'x', here: null },
    { id: 'a/new', reference: null, here: 'x' },
  ]);
});
