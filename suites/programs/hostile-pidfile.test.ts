/** What a program may put under the name of its pidfile: nothing of it keeps the check, or fills its memory. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkProgram } from '../../harness/index.ts';

const deeds = {
  'a fifo': 'mkfifo "$1"',
  'a link to /dev/zero': 'ln -s /dev/zero "$1"',
  'a file of four terabytes': 'echo 1 >"$1"; truncate -s 4T "$1"',
} as const;

for (const [what, deed] of Object.entries(deeds)) {
  test(`a program whose pidfile is ${what} is judged`, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'hostile-pidfile-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const pidfile = join(directory, 'exampled.pid');
    const report = await checkProgram(['sh', '-c', `${deed}; setsid -f sleep 1000`, 'sh', pidfile], {
      policy: { pidfile },
      starts: ['clean'],
      only: ['pidfile', 'planted-pidfile', 'partial-pidfile'],
      probing: 'quick',
    });
    expect(report.verdict).toBe('does-not-conform');
    expect(report.results.find(({ id }) => id === 'pidfile')?.outcome).toBe('fail');
  });
}
