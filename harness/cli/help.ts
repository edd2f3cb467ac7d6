/** A page like those of section 1. */

export const help = `daemon-conformance - has this program really become a daemon?

  daemon-conformance [options] [--] PROGRAM [ARG...]
  daemon-conformance [options] inspect PID
  daemon-conformance list [--profile NAME] [--format json]
  daemon-conformance explain [ID]
  daemon-conformance [options] batch FILE [NAME...]
  daemon-conformance compare REPORT...
  daemon-conformance suite [syscalls] [--libc PATH | --dry-run [--system NAME]]
  daemon-conformance doctor

Launches PROGRAM from several start states, follows it until it has settled,
reads what it became, and judges that. Everything launched is ended afterwards.
inspect looks at a process that already runs; nothing is launched or signalled.
suite tries what the kernel and the C library promise, and writes reports/; with
--dry-run it lists what would run, and what is expected, on this system or on
--system linux-glibc, linux-musl, freebsd, openbsd, netbsd or macos;
doctor tells what can be launched and observed on this machine.
Our options end at the first word that is none: the rest belongs to PROGRAM.

What is asked for
  -p, --profile NAME    sysv (default), daemon3-bsd, daemon3-glibc, apue,
                        pep3143, classic, supervised
      --start NAME,...  clean, hostile, leader, captured, closed, detached,
                        supervised (default: those of the profile)
      --only ID,...     judge these requirements alone (list shows them)
      --skip ID,...     judge all but these
      --strict          should-requirements count too
      --timeout TIME    10s (default), 500ms, 2m: how long PROGRAM has to settle
      --trace           trace the daemon steps too with strace, in launches of
                        their own, and name the one that is missing
      --quick           leave out the probes that launch PROGRAM many times
      --repeat NUMBER   how often those launch it (default 60 and 20)
      --isolation WORD  auto, full or none: a world of its own for every launch,
                        with its own processes, files, network and IPC
      --keep            leave what PROGRAM became running

What PROGRAM declares of itself, in place of what the profile asks for
      --umask MASK      any, inherited, zero, 022, or max:022
      --cwd DIR         root, tmp, any, not-launch-dir, or a path with a slash
      --stdio STREAM    null, any, or a path with a slash
      --user USER       NAME, UID or UID:GID it runs as in the end
      --pidfile FILE    names the daemon
      --leader WORD     may or must-not be a session leader
      --reload          reloads on SIGHUP
      --notify          tells its service manager when it is ready
      --terminal-arg A  an argument that makes it open the terminal {}
      --directory-arg A  an argument that makes it work in the directory {}
      --ready COMMAND   succeeds as soon as the daemon can be used
      --failing-args ARGS  arguments, in place of its own, with which it must
                        fail to start (--failing-args='-c /no/such/file')
      --foreground-args ARGS  arguments, in place of its own, with which it
                        stays in the foreground
      --created DIR,... directories in which it creates files
      --config FILE     the same as JSON, and expectedFailures {"ID": "reason"};
                        daemon-conformance.json here is read unasked

Many programs, and many reports (FILE, REPORT: JSON)
  -j, --jobs NUMBER     programs of a batch checked at once (default: the cores)
      --shard I/N       this part of the batch only; its programs never move
      --join            the FILEs are reports of shards: join them to one
      --only-differences, --fail-on-difference (status 1)   for compare

What is told
  -f, --format FMT[=FILE]  pretty (default), json, junit, tap, tap14, ctrf,
                        markdown, html, github (unasked in GitHub Actions, with
                        a job summary); repeatable, one per place. compare and
                        batch: pretty, json, markdown, html
  -q, --quiet           the verdict and what it rests on
  -v, --verbose         every requirement, process and event
      --color WHEN      auto (default), always, never
      --version, -h, --help

Exit status
  0 conforms, 1 does not, 2 misuse (unknown option, no such program),
  3 could not be judged, 77 nothing that counts applies,
  129, 130 or 143 stopped by SIGHUP, SIGINT or SIGTERM

Examples
  daemon-conformance ./mydaemon -d
  daemon-conformance --user nobody --umask 027 -f json=report.json mydaemon
  daemon-conformance --profile classic --start clean -- ./list --daemon
  daemon-conformance inspect "$(cat /run/mydaemon.pid)"
`;
