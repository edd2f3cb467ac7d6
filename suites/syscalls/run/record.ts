/**
 * Runs the suite and keeps its report as the reference of this platform.
 *
 *   node dist/suites/syscalls/run/record.js [PATH-OF-LIBC]
 */

import { join } from 'node:path';
import { packageRoot } from '../../../harness/package-root.ts';
import { writeSuiteReport } from './reference.ts';
import { runSyscallSuite } from './suite.ts';

async function record(libcPath: string | undefined): Promise<void> {
  const report = await runSyscallSuite(libcPath === undefined ? {} : { libcPath });
  const folder = writeSuiteReport(report, join(packageRoot, 'reports'));
  process.stderr.write(`${folder}: ${JSON.stringify(report.summary)}\n`);
}

void record(process.argv[2]);
