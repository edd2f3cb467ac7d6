import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './pace/longest-first.mts';
import { Progress } from './pace/progress.mts';

// Every start of Node would read these certificates, which takes longer than all else of a start; no test needs them.
delete process.env.NODE_EXTRA_CA_CERTS;

const progress = new Progress();
const reportFile = process.env.DAEMON_CONFORMANCE_TEST_REPORT;

export default defineConfig({
  test: {
    // Threads share the process: umask, chdir and setuid throw there, and a native crash would end the whole run.
    pool: 'forks',
    // What all share, modules and a koffi, is loaded once for each worker and not once for each file, which took a fifth
    // of the whole. So no module may keep anything of the file that loaded it.
    isolate: false,
    include: ['harness/**/*.test.ts', 'suites/**/*.test.ts', 'fixtures/**/*.test.ts'],
    // Vitest would leave one core to itself; and some tests wait a quarter of a minute for what hangs to be given up.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    // Tests that run side by side launch programs and wait for them.
    maxConcurrency: 6,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['suites/pace/calibration.ts'],
    setupFiles: ['suites/pace/deadlines.ts'],
    reporters:
      reportFile === undefined
        ? ['default', progress]
        : ['default', progress, ['json', { outputFile: reportFile }]],
  },
});
