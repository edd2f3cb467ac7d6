/** Where seccomp(2) refuses ptrace(2), as in containers, starts are sampled as they fall, and the report says so. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import type { Report } from '../report/report.ts';

const withoutPtrace = [process.execPath, join(__dirname, 'test-data/without-ptrace.cjs')] as const;
const works = process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64');
const refused = 'ptrace(PTRACE_SEIZE): EPERM';
const daemon = 'setsid sleep 1000 </dev/null >/dev/null 2>&1 & echo $! >"$0"';

test.skipIf(!works)(
  'where nobody can be held starts are sampled, and each result that rests on them says so (needs Linux on x64 or arm64)',
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'refused-'));
    try {
      const pidfile = join(directory, 'pid');
      const file = join(directory, 'report.json');
      const only = 'leader-start,ready-at-return,startup-termination,pidfile,readiness';
      const asked = ['-q', '--only', only, '--repeat', '3', '--pidfile', pidfile, '--ready', 'true'];
      const command = [
        process.execPath,
        join(packageRoot, 'harness/bin.cjs'),
        ...asked,
        '-f',
        `json=${file}`,
      ];
      const program = ['/bin/sh', '-c', daemon, pidfile];
      const [node, driver] = withoutPtrace;
      const { status, stderr } = spawnSync(node, [driver, ...command, ...program], { encoding: 'utf8' });
      expect({ stderr, status: status === 0 ? 1 : status }).toEqual({ stderr: '', status: 1 });
      const { probes, results } = JSON.parse(readFileSync(file, 'utf8')) as Report;
      expect(probes).toMatchObject({
        'leader-start': {
          kind: 'survival',
          attempts: 3,
          evidence: expect.arrayContaining([`starts were sampled, not held: ${refused}`]),
        },
        'ready-at-return': { kind: 'held-processes', held: [], sampledBecause: refused },
        'startup-termination': { kind: 'interruptions', attempts: 3, sampledBecause: refused },
        pidfile: { kind: 'pidfile', attempts: 3, complete: 3, sampledBecause: refused },
        readiness: { kind: 'readiness', attempts: 3, ready: 3, sampledBecause: refused },
      });
      expect(results.map(({ outcome }) => outcome).filter((each) => each === 'inconclusive')).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);
