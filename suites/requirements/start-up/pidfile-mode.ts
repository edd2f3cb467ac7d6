import { defineProbeRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { maskOf } from '../file-mode.ts';

export const pidfileMode = defineProbeRequirement({
  id: 'pidfile-mode',
  area: 'start-up',
  title: 'Only its owner can write to the pidfile, and the owner is root or the launching user',
  failureTitle: 'Others can write to the pidfile',
  why: 'What is in the pidfile is sent signals by root: who can write to it has any process ended.',
  remedy: 'Create it with mode 0644 before privileges are given up, whatever the mask.',
  sources: [
    { work: 'systemd.service(5)', at: 'PIDFile=' },
    { work: 'start-stop-daemon(8)', at: '--pidfile' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
  },
  probe: 'pidfile',
  check: ({ path, settled, userId }) => {
    if ('absent' in settled) return inapplicable('there is no pidfile');
    const { mode, userId: owner } = settled;
    const owned = owner === 0 || owner === userId;
    const others = (maskOf(mode) & 0o022) !== 0;
    if (owned && !others) return pass;
    return fail({
      expected: `nobody but its owner writes to it, and that is user 0 or ${userId}`,
      actual: `mode ${mode}, owned by user ${owner}`,
      evidence: [`ls -ln ${path}`],
    });
  },
});
