import { test as base, describe, expect } from 'vitest';
import { check } from '../index.ts';
import { type ConformanceFixtures, fixtures, matchers, NoSuchProgram } from './index.mts';

expect.extend(matchers);
const test = base.extend<ConformanceFixtures>(fixtures);

// setsid(1) does a part of the steps: the session is new, descriptors 0 to 2 stay on the terminal.
const detached = ['setsid', '-f', 'sleep', '60'] as const;

describe('toConformTo', () => {
  test('passes a program that conforms to what is asked of it', async () => {
    await expect(detached).toConformTo('sysv', { only: ['session', 'controlling-terminal'] });
  });

  test('fails one that does not, and says what is missing', async () => {
    const asked = expect(detached).toConformTo('sysv', { only: ['session', 'standard-streams'] });
    await expect(asked).rejects.toThrow(
      /^expected setsid -f sleep 60 to conform to sysv\n[\s\S]*FAIL must standard-streams/,
    );
  });

  test('is denied by `not`', async () => {
    await expect(detached).not.toConformTo('sysv', { only: ['standard-streams'] });
    const asked = expect(detached).not.toConformTo('sysv', { only: ['session'] });
    await expect(asked).rejects.toThrow('expected setsid -f sleep 60 not to conform to sysv');
  });

  test('is neither true nor false of what nothing was asked about', async () => {
    const nothing = { only: [] };
    await expect(expect(detached).toConformTo('sysv', nothing)).rejects.toThrow(
      'could not be judged by sysv',
    );
    await expect(expect(detached).not.toConformTo('sysv', nothing)).rejects.toThrow('could not be judged');
  });

  test('names a program that is not there', async () => {
    const asked = expect('./no-such-daemon').toConformTo('sysv');
    await expect(asked).rejects.toThrow(NoSuchProgram);
    await expect(asked).rejects.toThrow('./no-such-daemon');
  });

  test('takes an expected failure for none, under the profile it was declared for', async () => {
    await expect(detached).toConformTo('sysv', {
      only: ['session', 'standard-streams'],
      expectedFailures: { 'standard-streams': 'setsid(1) leaves them to its caller' },
    });
  });
});

describe('check', () => {
  test('takes a command with every default, and what was named counts at any level', async () => {
    const report = await check(detached, { only: ['nice-value'], starts: ['clean', 'hostile'] });
    expect(report.results).toMatchObject([{ id: 'nice-value', level: 'may', outcome: 'fail', counts: true }]);
    expect(report.verdict).toBe('does-not-conform');
  });
});

describe('checkProgram', () => {
  test('gives a report that several profiles are asked of', async ({ checkProgram }) => {
    const report = await checkProgram(detached, { only: ['session', 'file-mode-creation-mask'] });
    expect(report.runs.map(({ start }) => start)).toEqual(['clean', 'hostile', 'captured']);
    await expect(report).not.toConformTo('sysv');
    await expect(report).toConformTo('daemon3-bsd');
  });

  test('probes behaviour where that is asked for', async ({ checkProgram }) => {
    const report = await checkProgram(detached, { only: ['captured-output'], probing: 'quick' });
    expect(report.results).toMatchObject([{ id: 'captured-output', outcome: 'fail' }]);
  });
});
