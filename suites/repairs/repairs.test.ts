import { expect, test } from 'vitest';
import { languages } from '../../harness/judge/repair.ts';
import { requirements } from '../requirements/index.ts';
import { parts } from './edits-tests.ts';
import { guide } from './guide.ts';
import { repairs } from './repairs.ts';

test('names requirements that there are, and each for certain once', () => {
  const ids = requirements.map(({ id }) => id);
  const named = repairs.flatMap(({ repairs: certain, mayRepair = [] }) => [...certain, ...mayRepair]);
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  const certain = repairs.flatMap((each) => each.repairs);
  expect(certain).toEqual([...new Set(certain)]);
});

test('has code for edits that there are', () => {
  const ids = repairs.map(({ id }) => id);
  const coded = Object.values(guide.languages).flatMap(({ code, top = {}, together }) => [
    ...Object.keys(code),
    ...Object.keys(top),
    ...(together?.ids ?? []),
  ]);
  expect(coded.filter((id) => !ids.includes(id))).toEqual([]);
});

test('every language is tried in one test file', () => {
  expect(Object.values(parts).flat().sort()).toEqual([...languages].sort());
});
