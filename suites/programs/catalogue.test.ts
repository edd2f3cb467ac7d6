import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';
import { requirements } from '../requirements/index.ts';
import { matrix } from './matrix.ts';

const rooms = ['recipes', 'defects', 'awkward'] as const;
const fixtures = rooms.flatMap((room) =>
  readdirSync(join(packageRoot, 'fixtures', room))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${room}/${name.slice(0, -'.ts'.length)}`),
);

function firstLine(fixture: string): string {
  return readFileSync(join(packageRoot, 'fixtures', `${fixture}.ts`), 'utf8').split('\n', 1)[0] ?? '';
}

describe('the matrix is complete', () => {
  test('every fixture is in it', () => {
    const paths = new Set(
      matrix.flatMap(({ program }) => (program.kind === 'command' ? [] : [program.path])),
    );
    expect([...paths].sort()).toEqual([...fixtures].sort());
  });

  test('no two entries have one name', () => {
    const names = matrix.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  test('every recipe that is repeated is in it', () => {
    const repeated = matrix.flatMap(({ repeats }) => (repeats === null ? [] : [repeats]));
    expect(repeated.filter((each) => !matrix.some(({ name }) => name === each))).toEqual([]);
  });

  test.each(fixtures)('%s says in its first line what it fails', (fixture) => {
    const line = firstLine(fixture);
    expect(line).toMatch(/^\/\*\* .* \*\/$/);
    // That it leaves the foreground is said by its profile.
    const shown = matrix
      .filter(({ program }) => program.kind !== 'command' && program.path === fixture)
      .flatMap(({ shows }) => shows)
      .filter((id) => id !== 'foreground');
    expect(shown.filter((id) => !line.includes(id))).toEqual([]);
  });
});

describe('every requirement is complete', () => {
  test.each(requirements)('$id has source, reason, remedy and a level', (requirement) => {
    expect(requirement.sources.length).toBeGreaterThan(0);
    for (const { work, at } of requirement.sources) expect([work, at]).not.toContain('');
    expect(requirement.why).not.toBe('');
    expect(requirement.remedy).not.toBe('');
    expect(Object.keys(requirement.levels)).not.toEqual([]);
  });

  test.each(requirements)(
    '$id names in failsWith only requirements there are, with a reason',
    (requirement) => {
      const ids = requirements.map(({ id }) => id);
      for (const { id, because } of requirement.failsWith ?? []) {
        expect(ids).toContain(id);
        expect(because).not.toBe('');
      }
    },
  );
});
