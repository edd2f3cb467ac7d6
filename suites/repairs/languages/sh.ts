/** The edits in a shell script: a shell can neither fork itself away nor reset what it found ignored. */

import type { LanguageGuide } from '../../../harness/judge/repair.ts';

export const sh: LanguageGuide = {
  sources: [
    { work: 'POSIX.1-2024', at: 'XCU trap, DESCRIPTION' },
    { work: 'perlipc', at: 'Complete Dissociation of Child from Parent' },
    { work: 'flock(1)', at: 'SYNOPSIS, flock [options] number' },
  ],
  together: {
    ids: [
      'fork',
      'open-streams',
      'close-descriptors',
      'reset-dispositions',
      'empty-mask',
      'clear-environment',
      'setsid',
      'second-fork',
      'null-streams',
    ],
    change:
      'Start the script once more with everything at its default, by perl(1), which waits until the script says that it is ready; take away each &, nohup and setsid that put it into the background before.',
  },
  code: {
    // A shell does not reset what it found ignored (POSIX.1-2024 XCU trap), and sh(1) closes no descriptor of two digits.
    fork: [
      `if [ "\${1-}" != --in-background ]; then
  exec perl -MPOSIX -e '
    1 until POSIX::open("/dev/null", O_RDWR) > 2;
    $SIG{$_} = "DEFAULT" for grep { !/^(KILL|STOP|NUM\\d+|ZERO)$/ } keys %SIG;
    sigprocmask(SIG_SETMASK, POSIX::SigSet->new);
    opendir my $open, "/proc/self/fd";
    my @numbers = grep { /^\\d+$/ && $_ > 2 } readdir $open;
    closedir $open;
    POSIX::close($_) for @numbers;
    %ENV = (PATH => "/usr/bin:/bin");
    pipe my $told, my $ready or die "pipe: $!";
    if (fork // die "fork: $!") {
      close $ready;
      POSIX::_exit(0) if join("", <$told>) eq "ready\\n";
      print STDERR "it did not get ready\\n";
      POSIX::_exit(1);
    }
    setsid;
    POSIX::_exit(0) if fork // die "fork: $!";
    open STDIN, "<", "/dev/null";
    open STDOUT, ">", "/dev/null";
    open STDERR, ">", "/dev/null";
    POSIX::dup2(fileno $ready, 3);
    exec @ARGV' "$0" --in-background "$@"
fi
shift`,
      `# as the last step, when it can do its work
echo ready >&3
exec 3>&-`,
    ],
    umask: ['umask 0'],
    chdir: ['cd / || exit 1'],
    // A redirection follows links: what it has opened is compared with what stands there.
    pidfile: [
      `pidfile=/run/mydaemon.pid
[ -e "$pidfile" ] || (umask 022 && set -C && : >"$pidfile") || exit 1 # set -C: through no link
[ -f "$pidfile" ] || exit 1
exec 9<"$pidfile"
[ "$(stat -c '%d %i %h' "$pidfile")" = "$(stat -Lc '%d %i 1' /proc/self/fd/9)" ] || exit 1 # no file of its own
flock -n 9 || exit 1 # open as long as it runs: start each command with 9<&-
echo "$$" >/proc/self/fd/9`,
    ],
    'end-workers': [
      `trap 'kill "$worker"; exit 0' TERM`,
      `# for each command that takes its time
sleep 60 & worker=$!
wait "$worker"`,
    ],
  },
};
