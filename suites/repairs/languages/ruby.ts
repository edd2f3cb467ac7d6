/** The edits in Ruby, with what comes with it. The interpreter empties the signal mask and opens 0, 1 and 2 when it starts. */

import type { LanguageGuide } from '../../../harness/judge/repair.ts';

export const ruby: LanguageGuide = {
  sources: [
    { work: 'Ruby core', at: 'Process.fork, Process.setsid, Kernel#exit!' },
    { work: 'Ruby core', at: 'Signal.trap; IO#close_on_exec?' },
  ],
  code: {
    // Ruby sets close-on-exec on whatever it opens, and needs some of that for itself.
    'close-descriptors': [
      `Dir.children('/proc/self/fd').map(&:to_i).select { |number| number > 2 }.each do |number|
  inherited = !IO.for_fd(number, autoclose: false).close_on_exec?
  IO.for_fd(number).close if inherited
rescue ArgumentError, SystemCallError
  next # Ruby's own, or that of the directory itself
end`,
    ],
    'reset-dispositions': [
      `(1..64).each do |number|
  trap(number, 'SYSTEM_DEFAULT')
rescue ArgumentError, SystemCallError
  next # SIGKILL and SIGSTOP, and those that Ruby reserves for itself
end`,
    ],
    'clear-environment': [`ENV.replace('PATH' => '/usr/bin:/bin')`],
    fork: [
      `told, ready = IO.pipe
if fork
  ready.close
  exit!(told.read(1) ? 0 : 1)
end
told.close`,
      `# as the last step, when it can do its work
ready.write('1')
ready.close`,
    ],
    setsid: ['Process.setsid'],
    'second-fork': ['exit!(0) if fork'],
    'null-streams': [
      `$stdin.reopen('/dev/null', 'r')
$stdout.reopen('/dev/null', 'w')
$stderr.reopen('/dev/null', 'w')`,
    ],
    umask: ['File.umask(0)'],
    chdir: ["Dir.chdir('/')"],
    pidfile: [
      `$pidfile = File.open('/run/mydaemon.pid', File::RDWR | File::CREAT | File::NOFOLLOW, 0o644)
abort 'pidfile: no file of its own' unless $pidfile.stat.file? && $pidfile.stat.nlink == 1
abort 'pidfile: it runs already' unless $pidfile.flock(File::LOCK_EX | File::LOCK_NB) # open as long as it runs
$pidfile.truncate(0)
$pidfile.syswrite("#{Process.pid}\\n")`,
    ],
  },
};
