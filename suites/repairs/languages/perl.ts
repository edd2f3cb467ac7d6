/** The edits in Perl, with what comes with it. */

import type { LanguageGuide } from '../../../harness/judge/repair.ts';

const posix = ['use POSIX qw(:signal_h :fcntl_h);'];

export const perl: LanguageGuide = {
  sources: [
    { work: 'perlipc', at: 'Complete Dissociation of Child from Parent' },
    { work: 'POSIX(3perl)', at: 'FUNCTIONS' },
  ],
  top: {
    'open-streams': posix,
    'close-descriptors': posix,
    'empty-mask': posix,
    fork: posix,
    setsid: posix,
    'second-fork': posix,
    pidfile: ['use Fcntl qw(:flock :DEFAULT O_NOFOLLOW);'],
  },
  code: {
    'open-streams': [
      `my $spare;
do { $spare = POSIX::open('/dev/null', O_RDWR) // die "/dev/null: $!" } while $spare <= 2;
POSIX::close($spare);`,
    ],
    'close-descriptors': [
      `opendir my $open, '/proc/self/fd' or die "/proc/self/fd: $!";
my @numbers = grep { /^\\d+$/ && $_ > 2 } readdir $open;
closedir $open;
POSIX::close($_) for @numbers;`,
    ],
    'reset-dispositions': [`$SIG{$_} = 'DEFAULT' for grep { !/^(KILL|STOP|NUM\\d+|ZERO)$/ } keys %SIG;`],
    'empty-mask': ['POSIX::sigprocmask(SIG_SETMASK, POSIX::SigSet->new) or die "sigprocmask: $!";'],
    'clear-environment': [`%ENV = (PATH => '/usr/bin:/bin');`],
    fork: [
      `pipe my $told, my $ready or die "pipe: $!";
my $child = fork // die "fork: $!";
if ($child) {
  close $ready;
  POSIX::_exit(sysread($told, my $word, 1) ? 0 : 1);
}
close $told;`,
      `# as the last step, when it can do its work
syswrite $ready, '1';
close $ready;`,
    ],
    setsid: ['POSIX::setsid() == -1 and die "setsid: $!";'],
    'second-fork': [`POSIX::_exit(0) if fork // die "fork: $!";`],
    'null-streams': [
      `open STDIN, '<', '/dev/null' or die "/dev/null: $!";
open STDOUT, '>', '/dev/null' or die "/dev/null: $!";
open STDERR, '>', '/dev/null' or die "/dev/null: $!";`,
    ],
    umask: ['umask 0;'],
    chdir: [`chdir '/' or die "chdir: $!";`],
    pidfile: [
      `sysopen my $pidfile, '/run/mydaemon.pid', O_RDWR | O_CREAT | O_NOFOLLOW, 0644 or die "pidfile: $!";
die 'pidfile: no file of its own' unless -f $pidfile && (stat _)[3] == 1;
flock $pidfile, LOCK_EX | LOCK_NB or die "pidfile: it runs already: $!"; # open as long as it runs
truncate $pidfile, 0 or die "pidfile: $!";
syswrite $pidfile, "$$\\n" or die "pidfile: $!";`,
    ],
  },
};
