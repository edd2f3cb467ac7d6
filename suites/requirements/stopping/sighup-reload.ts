import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { judgeSurvival } from '../survival.ts';
export const sighupReload = defineProbeRequirement({
  id: 'sighup-reload',
  area: 'stopping',
  title: 'SIGHUP makes the daemon reload and go on',
  failureTitle: 'SIGHUP ends the daemon that declares to reload on it',
  why: 'SIGHUP is how a daemon is told to read its configuration again, and a daemon that declares so is sent it by logrotate and by hand.',
  remedy: 'Install a handler for SIGHUP before the starter returns.',
  sources: [
    { work: 'daemon(7)', at: 'New-Style Daemons' },
    { work: 'APUE', at: '13.6 Daemon Conventions' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'should',
    pep3143: 'may',
    classic: 'should',
    supervised: 'should',
  },
  probe: 'sighup-reload',
  check: (found) => judgeSurvival(found, 'after SIGHUP'),
});
