import type { Profile } from '../../harness/judge/profile.ts';
import { daemon3Bsd } from './daemon3-bsd.ts';

export const daemon3Glibc: Profile = {
  name: 'daemon3-glibc',
  title: 'daemon(3) of glibc',
  summary: 'what daemon(0, 0) of glibc gives: one fork, / and the null device',
  sources: [{ work: 'daemon(3)', at: 'Linux man-pages, DESCRIPTION and BUGS' }],
  foreground: false,
  starts: daemon3Bsd.starts,
  policy: daemon3Bsd.policy,
};
