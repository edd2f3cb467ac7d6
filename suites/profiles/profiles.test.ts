import { expect, test } from 'vitest';
import { startNames } from '../../harness/facts/start-state.ts';
import { profileNames } from '../../harness/judge/profile.ts';
import { profiles } from './index.ts';

test('every profile stands under its own name', () => {
  expect(Object.values(profiles).map(({ name }) => name)).toEqual([...profileNames]);
  expect(Object.keys(profiles)).toEqual([...profileNames]);
});

test.each(Object.values(profiles))('$name says who asks for it and from which starts', (profile) => {
  expect(profile.sources).not.toEqual([]);
  expect(profile.title).toMatch(/\S/);
  expect(profile.summary).toMatch(/\S/);
  expect(new Set(profile.starts).size).toBe(profile.starts.length);
  expect(startNames).toEqual(expect.arrayContaining([...profile.starts]));
  // Nothing is declared until the user does.
  expect(profile.policy).toMatchObject({ mainProcesses: 1, nice: null, user: null, pidfile: null });
});

test('what a profile asks for is what its source says', () => {
  const asked = Object.fromEntries(
    Object.values(profiles).map(({ name, foreground, policy }) => [
      name,
      [
        foreground ? 'foreground' : 'background',
        `mask ${JSON.stringify(policy.fileModeCreationMask)}`,
        `directory ${JSON.stringify(policy.workingDirectory)}`,
        `streams ${policy.standardStreams.kind}`,
        `leader ${policy.sessionLeader}`,
        `SIGHUP ${policy.sighup.join('|')}`,
        `job control ${policy.jobControl.join('|')}`,
        `core ${policy.coreLimit}`,
      ],
    ]),
  );
  const root = 'directory {"kind":"one-of","paths":["/"]}';
  const zero = 'mask {"kind":"exact","mask":0}';
  const all = 'default|ignored|caught';
  const daemon3 = [
    'background',
    'mask {"kind":"inherited"}',
    root,
    'streams null-device',
    'leader may',
    `SIGHUP ${all}`,
    `job control ${all}`,
    'core null',
  ];
  expect(asked).toEqual({
    sysv: [
      'background',
      zero,
      root,
      'streams null-device',
      'leader must-not',
      'SIGHUP default|caught',
      'job control default',
      'core null',
    ],
    'daemon3-bsd': daemon3,
    'daemon3-glibc': daemon3,
    apue: [
      'background',
      'mask {"kind":"any"}',
      root,
      'streams null-device',
      'leader must-not',
      'SIGHUP ignored|caught',
      `job control ${all}`,
      'core null',
    ],
    pep3143: [
      'background',
      zero,
      root,
      'streams null-device',
      'leader must-not',
      `SIGHUP ${all}`,
      'job control ignored',
      'core 0',
    ],
    classic: [
      'background',
      zero,
      'directory {"kind":"one-of","paths":["/","/tmp"]}',
      'streams null-device',
      'leader must-not',
      'SIGHUP ignored|caught',
      `job control ${all}`,
      'core null',
    ],
    supervised: [
      'foreground',
      'mask {"kind":"any"}',
      'directory {"kind":"any"}',
      'streams any',
      'leader may',
      'SIGHUP caught',
      'job control default',
      'core null',
    ],
  });
});
