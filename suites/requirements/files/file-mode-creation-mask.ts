import type { MaskPolicy } from '../../../harness/judge/profile.ts';
import { defineRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { maskOf, octal } from '../file-mode.ts';

/** What is wanted, in words and as a question; null if any mask will do. */
function wanted(
  policy: MaskPolicy,
  launch: number,
): { readonly expected: string; readonly accepts: (mask: number) => boolean } | null {
  switch (policy.kind) {
    case 'any':
      return null;
    case 'exact':
      return { expected: octal(policy.mask), accepts: (mask) => mask === policy.mask };
    case 'at-most':
      return {
        expected: `no bit outside ${octal(policy.mask)}`,
        accepts: (mask) => (mask & ~policy.mask) === 0,
      };
    case 'inherited':
      return { expected: `${octal(launch)}, as it was started with`, accepts: (mask) => mask === launch };
  }
}

export const fileModeCreationMask = defineRequirement({
  id: 'file-mode-creation-mask',
  area: 'files',
  title: 'The file mode creation mask of the daemon is the one asked for',
  failureTitle: 'The file mode creation mask of the daemon is not the one asked for',
  why: 'The mask takes bits from every mode the daemon passes to open(2), mkdir(2) and bind(2): one that was inherited makes files unreadable for those they were made for, or readable for everyone.',
  remedy: 'Call umask(2) with the mask the daemon needs, 0 if every open(2) states its mode in full.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 10' },
    { work: 'APUE', at: '13.3 Coding Rules, rule 1' },
    { work: 'PEP 3143', at: 'umask' },
    { work: 'POSIX.1-2024', at: 'XSH umask(), DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'should',
    pep3143: 'must',
    classic: 'must',
    supervised: 'may',
  },
  restsOn: ['file-mode-creation-mask'],
  needs: ['fileModeCreationMask', 'threadFacts'],
  check: ({ fileModeCreationMask, threadFacts, pid }, { policy, run, inspected }) => {
    const asked = wanted(policy.fileModeCreationMask, run.launch.fileModeCreationMask);
    if (asked === null) return inapplicable('the policy accepts any mask');
    if (inspected && policy.fileModeCreationMask.kind === 'inherited') {
      return inapplicable('the process was found running: only a launch shows it');
    }
    const { expected, accepts } = asked;
    if (!accepts(maskOf(fileModeCreationMask))) return fail({ expected, actual: fileModeCreationMask });
    // unshare(2) with CLONE_FS lets a thread have a mask of its own.
    const apart = threadFacts.find(
      (thread) =>
        thread.tid !== pid &&
        thread.fileModeCreationMask !== null &&
        !accepts(maskOf(thread.fileModeCreationMask)),
    );
    return apart === undefined
      ? pass
      : fail({ expected, actual: `${apart.fileModeCreationMask} in thread ${apart.tid}` });
  },
});
