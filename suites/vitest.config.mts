import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { Progress } from './pace/progress.mts';

// Every start of Node reads it, which takes as long as the start, and there are a thousand; nothing is fetched here.
delete process.env.NODE_EXTRA_CA_CERTS;

const progress = new Progress();
const reportFile = process.env.DAEMON_CONFORMANCE_TEST_REPORT;

export default defineConfig({
  test: {
    // Threads share the process: umask, chdir and setuid throw there, and a native crash would end the whole run.
    pool: 'forks',
    include: ['harness/**/*.test.ts', 'suites/**/*.test.ts', 'fixtures/**/*.test.ts'],
    // Vitest would leave one core to itself; and some tests wait a quarter of a minute for what hangs to be given up.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    // Tests that run side by side launch programs and wait for them.
    maxConcurrency: 6,
    globalSetup: ['suites/pace/calibration.ts'],
    setupFiles: ['suites/pace/deadlines.ts'],
    reporters:
      reportFile === undefined
        ? ['default', progress]
        : ['default', progress, ['json', { outputFile: reportFile }]],
  },
});
