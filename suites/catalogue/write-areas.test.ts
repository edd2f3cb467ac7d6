import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requirementFiles } from '../requirements/write-index.ts';
import { renderAreas } from './write-areas.ts';

const root = join(__dirname, '../..');

test('the reporters know the area of every requirement; npm run catalogue writes it anew', () => {
  const files = requirementFiles(join(root, 'suites/requirements'));
  expect(readFileSync(join(root, 'harness/report/area-of.ts'), 'utf8')).toBe(renderAreas(files));
});
