import { expect, test } from 'vitest';
import type { Change } from '../../judge/repair.ts';
import { conforming } from '../golden/conforming.ts';
import { sharedChangeLines, sharedChanges, sharedChangesMarkdown } from './changes.ts';
import type { BatchReport } from './report.ts';

const changeOf = (change: string, level: Change['level'], ...repairs: readonly string[]): Change => ({
  ...{ change, level, repairs, declare: [], language: null, code: [] },
});
const programOf = (name: string, ...changes: readonly Change[]) => ({
  ...{ name, package: null, command: [name], report: { ...conforming, changes } },
});

const batch: BatchReport = {
  ...{ schemaVersion: 1, kind: 'batch', tool: conforming.tool, platform: conforming.platform, shard: null },
  programs: [
    programOf(
      'a',
      changeOf('Call setsid(2).', 'should', 'session'),
      changeOf('Set the mask.', 'must', 'mask'),
    ),
    programOf('b', changeOf('Close all.', 'must', 'descriptors')),
    programOf(
      'c',
      changeOf('Call setsid(2).', 'must', 'session', 'terminal'),
      changeOf('Close all.', 'must', 'lock'),
    ),
    programOf('d', changeOf('Close all.', 'must', 'lock'), changeOf('Say more.', 'may', 'words')),
  ],
  skipped: [],
  unjudged: [],
  verdict: 'does-not-conform',
};

test('an edit stands once, musts first, then by the programs that need it', () => {
  expect(sharedChanges(batch)).toEqual([
    { change: 'Close all.', level: 'must', programs: ['b', 'c', 'd'], repairs: ['descriptors', 'lock'] },
    { change: 'Call setsid(2).', level: 'must', programs: ['a', 'c'], repairs: ['session', 'terminal'] },
    { change: 'Set the mask.', level: 'must', programs: ['a'], repairs: ['mask'] },
    { change: 'Say more.', level: 'may', programs: ['d'], repairs: ['words'] },
  ]);
});

test('it is told with its programs', () => {
  expect(sharedChangeLines(batch, 80).slice(0, 4)).toEqual([
    'what to change, musts first, then what most programs need:',
    ' 1. Close all.',
    '    3 programs: b, c, d',
    '    repairs descriptors, lock (must)',
  ]);
  expect(sharedChangesMarkdown(batch)).toContain('1. Close all. **3 programs** (must): b, c, d. Repairs');
});

test('where nothing is to be changed there is no list', () => {
  const none = { ...batch, programs: [programOf('a')] };
  expect([sharedChangeLines(none, 80), sharedChangesMarkdown(none)]).toEqual([[], '']);
});
