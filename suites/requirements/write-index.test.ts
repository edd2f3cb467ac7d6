import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportName, renderIndex, requirementFiles } from './write-index.ts';

const directory = __dirname;

test('the index lists every requirement in the folders; npm run catalogue writes it anew', () => {
  expect(readFileSync(join(directory, 'index.ts'), 'utf8')).toBe(renderIndex(requirementFiles(directory)));
});

test('an export has the name of its file', () => {
  expect(exportName('session')).toBe('session');
  expect(exportName('inherited-descriptors-above-limit')).toBe('inheritedDescriptorsAboveLimit');
});

test('imports are in the order of their paths, the list is in the order of the areas', () => {
  expect(
    renderIndex([
      { area: 'process', id: 'run-state' },
      { area: 'descriptors', id: 'standard-streams' },
    ]),
  ).toBe(`// Written by write-index.ts from the folders beside it; npm run catalogue writes it anew.

import type { Requirement } from '../../harness/judge/requirement.ts';
import { standardStreams } from './descriptors/standard-streams.ts';
import { runState } from './process/run-state.ts';

export const requirementIds = [
  'run-state',
  'standard-streams',
] as const;
export type RequirementId = (typeof requirementIds)[number];

export const requirements: readonly Requirement[] = [
  runState,
  standardStreams,
];
`);
});
