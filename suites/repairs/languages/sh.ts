/** The edits in a shell script: a shell can neither fork itself away nor reset what it found ignored. */

import type { LanguageGuide } from '../../../harness/judge/repair.ts';

export const sh: LanguageGuide = {
  sources: [
    { work: 'POSIX.1-2024', at: 'XCU trap, DESCRIPTION' },
    { work: 'setsid(1)', at: 'OPTIONS' },
    { work: 'perlipc', at: 'Complete Dissociation of Child from Parent' },
  ],
  together: {
    ids: [
      'fork',
      'close-descriptors',
      'reset-dispositions',
      'empty-mask',
      'clear-environment',
      'setsid',
      'second-fork',
      'null-streams',
    ],
    change:
      'Start the script once more with everything at its default, by setsid(1) in the background of a new session, and wait until it says that it is ready.',
  },
  code: {
    // A shell does not reset what it found ignored (POSIX.1-2024 XCU trap), and sh(1) closes no descriptor of two digits.
    fork: [
      `if [ "\${1-}" != --in-background ]; then
  exec perl -MPOSIX -e '
    $SIG{$_} = "DEFAULT" for grep { !/^(KILL|STOP|NUM\\d+|ZERO)$/ } keys %SIG;
    sigprocmask(SIG_SETMASK, POSIX::SigSet->new);
    opendir my $open, "/proc/self/fd";
    my @numbers = grep { /^\\d+$/ && $_ > 2 } readdir $open;
    closedir $open;
    POSIX::close($_) for @numbers;
    %ENV = (PATH => "/usr/bin:/bin");
    exec @ARGV' setsid --fork --wait sh -c '
      [ "$("$0" --in-background "$@" 3>&1 </dev/null >/dev/null 2>&1 &)" = ready ]' "$0" "$@"
fi
shift`,
      `# as the last step
echo ready >&3
exec 3>&-`,
    ],
    umask: ['umask 0'],
    chdir: ['cd / || exit 1'],
  },
};
