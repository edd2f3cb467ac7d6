/** What `harness/bin.mjs` loads: the command line of this process. */

import { join } from 'node:path';
import { startLauncher } from '../launch/launcher-client.ts';
import { packageVersion } from '../package-root.ts';
import { readAreas } from './areas.ts';
import { main } from './main.ts';
import { processIo } from './process-io.ts';
import type { Services } from './services.ts';

const requirements: Services['requirements'] = async () =>
  (await import('../../suites/requirements/index.ts')).requirements;

const services: Services = {
  async check({ starts, ...order }) {
    // The launcher starts while the requirements are still loading.
    const launcher = startLauncher();
    try {
      const [{ check }, { profiles }] = await Promise.all([
        import('../check.ts'),
        import('../../suites/profiles/index.ts'),
      ]);
      return await check({ ...order, starts: starts ?? profiles[order.profile].starts }, launcher);
    } finally {
      await launcher.close();
    }
  },
  inspect: async (request) => (await import('../check.ts')).inspectProcess(request),
  async batch(request) {
    const launcher = startLauncher();
    try {
      return await (await import('../batch.ts')).batch(request, launcher);
    } finally {
      await launcher.close();
    }
  },
  requirements,
  areas: async () =>
    readAreas(
      (await requirements()).map(({ id }) => id),
      join(__dirname, '../../suites/requirements'),
    ),
  promisesBehind: async (requirement) =>
    (await import('../../suites/syscalls/run/load.ts')).promisesBehind(requirement),
  diagnose: async () => (await import('../doctor.ts')).diagnose(),
  suite: async ({ libcPath, only }) =>
    (await import('../../suites/syscalls/run/suite.ts')).runSyscallSuite({
      ...(libcPath === null ? {} : { libcPath }),
      ...(only === null ? {} : { only }),
    }),
  recordSuite: async (report, reports) =>
    (await import('../../suites/syscalls/run/reference.ts')).writeSuiteReport(report, reports),
  version: packageVersion,
};

async function start(): Promise<void> {
  // Everything was written when main answers; whatever a reader that went away left open must not keep us.
  process.exit(await main(process.argv.slice(2), processIo(), services));
}

void start();
