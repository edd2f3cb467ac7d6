import { beforeAll, describe, expect, inject, test } from 'vitest';
import { profileNames } from '../../harness/judge/profile.ts';
import type { Judgement, Requirement } from '../../harness/judge/requirement.ts';
import { type RequirementId, requirements } from '../requirements/index.ts';
import type { Expectation } from './expectations/expectation.ts';
import { matrix } from './matrix.ts';
import { missing } from './missing.ts';
import { expectedFailures, expectedInconclusive, idsWith, resultsOf, surprises } from './outcome.ts';
import { type Recording, recordAll } from './record.ts';

const runnable = matrix.filter((each) => missing(each) === null);
const recordings = new Map<string, Recording>();

function recordingOf({ name }: Expectation): Recording {
  const found = recordings.get(name);
  if (found === undefined) throw new Error(`${name} was not recorded`);
  return found;
}

beforeAll(async () => {
  for (const each of await recordAll(runnable, inject('pace').slowness, 'none'))
    recordings.set(each.expectation.name, each);
});

describe('every program fails what it is expected to fail and nothing else', () => {
  for (const expectation of matrix) {
    const { name, starts } = expectation;
    test(name, ({ skip }) => {
      const lack = missing(expectation);
      if (lack !== null) skip(lack);
      const recording = recordingOf(expectation);
      expect(recording.runs.map(({ start }) => start)).toEqual(starts);
      for (const profile of profileNames) {
        const results = resultsOf(recording, profile);
        expect({
          profile,
          fails: idsWith('fail', results, expectation),
          inconclusive: idsWith('inconclusive', results, expectation),
        }).toEqual({
          profile,
          fails: expectedFailures(expectation, profile),
          inconclusive: expectedInconclusive(expectation, profile),
        });
      }
    });
  }

  test('nothing is left of any of them', () => {
    const left = [...recordings.values()].flatMap(({ expectation, runs }) =>
      runs.flatMap(({ leftBehind }) => leftBehind.map((each) => ({ program: expectation.name, ...each }))),
    );
    expect(left).toEqual([]);
  });
});

function implied(id: RequirementId): readonly string[] {
  const requirement = requirements.find((each) => each.id === id);
  return [id, ...(requirement?.failsWith ?? []).map((each) => each.id)];
}

/** Profiles in which it fails the requirement, what is said to fail with it, and otherwise what its recipe fails. */
function showsAlone(expectation: Expectation, id: RequirementId): boolean {
  const recipe = matrix.find(({ name }) => name === expectation.repeats);
  return profileNames.some((profile) => {
    const fails = expectation.fails[profile];
    const beside = fails.filter(
      (each) => !recipe?.fails[profile].includes(each) && !implied(id).includes(each),
    );
    return fails.includes(id) && !recipe?.fails[profile].includes(id) && beside.length === 0;
  });
}

/** What a probe finds out or decides is not in a recording. */
const observed = requirements.filter((each) => each.kind !== 'probe' && !('decidedBy' in each));

describe('every requirement catches its defect and nothing else', () => {
  for (const requirement of observed) {
    const id = requirement.id as RequirementId;

    test(`a program fails ${id} and nothing but what fails with it`, () => {
      const shown = matrix.filter(({ shows }) => shows.includes(id));
      expect(shown.map(({ name }) => name)).not.toEqual([]);
      expect(shown.filter((each) => !showsAlone(each, id)).map(({ name }) => name)).toEqual([]);
    });

    test(`a program passes ${id}`, ({ skip }) => {
      const showing = matrix.filter(({ shows }) => shows.includes(id));
      // What only a program of root can fail, only one of root can pass: the recipe its defect repeats.
      if (showing.length > 0 && showing.every((each) => missing(each) !== null)) {
        skip('the programs that show it cannot run here');
      }
      const passes = [...recordings.values()].some((recording) =>
        profileNames.some((profile) =>
          resultsOf(recording, profile, requirements).some(
            (result) => result.id === id && result.outcome === 'pass',
          ),
        ),
      );
      expect(passes).toBe(true);
    });
  }
});

function inverse(judgement: Judgement): Judgement {
  if (judgement.outcome === 'pass') return { outcome: 'fail', expected: 'a failure', actual: 'a pass' };
  return judgement.outcome === 'fail' ? { outcome: 'pass' } : judgement;
}

function inverted(requirement: Requirement): Requirement {
  // Each kind has a check of its own; all of them answer with a judgement.
  const check = requirement.check as (...matter: unknown[]) => Judgement;
  return { ...requirement, check: (...matter: unknown[]) => inverse(check(...matter)) } as Requirement;
}

describe('a changed catalogue does not go unnoticed', () => {
  for (const requirement of observed) {
    const id = requirement.id as RequirementId;
    const canBeShown = (): boolean => runnable.some(({ shows }) => shows.includes(id));
    /** Those that show it come first: one surprise is enough. */
    const isSeen = (changed: readonly Requirement[]): boolean => {
      const shown = ({ expectation }: Recording): boolean => expectation.shows.includes(id);
      const all = [...recordings.values()];
      const ordered = [...all.filter(shown), ...all.filter((each) => !shown(each))];
      return surprises(ordered, changed).next().done !== true;
    };

    test(`${requirement.id} dropped`, ({ skip }) => {
      if (!canBeShown()) skip('the programs that show it cannot run here');
      expect(isSeen(requirements.filter((each) => each !== requirement))).toBe(true);
    });

    test(`${requirement.id} inverted`, ({ skip }) => {
      if (!canBeShown()) skip('the programs that show it cannot run here');
      expect(isSeen(requirements.map((each) => (each === requirement ? inverted(each) : each)))).toBe(true);
    });
  }
});
