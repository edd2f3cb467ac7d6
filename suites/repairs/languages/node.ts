/** The edits in JavaScript: Node cannot fork itself, so the program starts itself once more. */

import type { LanguageGuide } from '../../../harness/judge/repair.ts';

export const node: LanguageGuide = {
  sources: [
    { work: 'Node.js', at: 'child_process, options.detached and options.stdio' },
    { work: 'proc_pid_fd(5)', at: 'DESCRIPTION' },
    { work: 'flock(1)', at: 'SYNOPSIS, flock [options] number' },
  ],
  together: {
    // spawn() sets every signal to its default and empties the mask; bash closes what Node does not know of.
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
      'Start the program once more, detached and with nothing but the null device, and that one once more, in place of what puts it into the background now; each waits for the next to be ready.',
  },
  code: {
    fork: [
      `const { spawn } = require('node:child_process');
const generation = Number(process.env.GENERATION ?? 0);
const givenUp = () => process.exit(1); // whoever started it has ended
if (process.send) process.once('disconnect', givenUp);
if (generation < 2) {
  const closing = 'for fd in /proc/self/fd/*; do fd=\${fd##*/}; [ "$fd" -gt 3 ] && eval "exec $fd>&-"; done';
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn('bash', ['-c', \`\${closing}; exec "$@"\`, 'bash', ...again], {
    detached: generation === 0, // calls setsid(2)
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { PATH: '/usr/bin:/bin', GENERATION: String(generation + 1) },
  });
  let ready = false;
  child.once('exit', (status) => {
    if (status !== 0) console.error('it did not get ready');
    process.exit(status ?? 1);
  });
  child.once('message', () => (ready = true));
  child.once('disconnect', () => { // it has closed the channel too
    if (!ready) return;
    if (process.send) process.send('ready', () => process.exit(0));
    else process.exit(0);
  });
  return;
}`,
      `// as the last step, when it can do its work
process.off('disconnect', givenUp);
process.send('ready', () => process.disconnect());`,
    ],
    umask: ['process.umask(0);'],
    chdir: ["process.chdir('/');"],
    // Node locks no file; a lock of flock(2) belongs to what was opened, which flock(1) is lent.
    pidfile: [
      `const fs = require('node:fs');
const { spawnSync } = require('node:child_process');
const { O_RDWR, O_CREAT, O_NOFOLLOW } = fs.constants;
const pidfile = fs.openSync('/run/mydaemon.pid', O_RDWR | O_CREAT | O_NOFOLLOW, 0o644);
const file = fs.fstatSync(pidfile);
if (!file.isFile() || file.nlink !== 1) throw new Error('pidfile: no file of its own');
const lock = spawnSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', pidfile] });
if (lock.status !== 0) throw lock.error ?? new Error('pidfile: it runs already'); // open as long as it runs
fs.ftruncateSync(pidfile);
fs.writeSync(pidfile, \`\${process.pid}\\n\`);`,
    ],
  },
};
