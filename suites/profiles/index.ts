import type { Profile, ProfileName } from '../../harness/judge/profile.ts';
import { apue } from './apue.ts';
import { classic } from './classic.ts';
import { daemon3Bsd } from './daemon3-bsd.ts';
import { daemon3Glibc } from './daemon3-glibc.ts';
import { pep3143 } from './pep3143.ts';
import { supervised } from './supervised.ts';
import { sysv } from './sysv.ts';

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  sysv,
  'daemon3-bsd': daemon3Bsd,
  'daemon3-glibc': daemon3Glibc,
  apue,
  pep3143,
  classic,
  supervised,
};
