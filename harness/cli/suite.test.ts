import { expect, test } from 'vitest';
import type { SuitePlan } from '../report/suite/plan.ts';
import { main } from './main.ts';
import { stubIo, stubServices } from './stub-world.ts';

const plan: SuitePlan = {
  kind: 'suite-plan',
  suite: 'syscalls',
  system: 'openbsd',
  promises: [
    {
      id: 'setsid/ids',
      title: 'It leads',
      needs: null,
      expected: 'all equal',
      expectedBy: 'XSH setsid()',
      judged: true,
    },
  ],
};

async function run(
  ...argv: string[]
): Promise<{ status: number; stdout: string; stderr: string; asked: unknown[] }> {
  const asked: unknown[] = [];
  const io = stubIo({ cwd: '/' });
  const services = {
    ...stubServices(),
    planSuite: async (how: { readonly system: string; readonly only: readonly string[] | null }) => {
      asked.push(how);
      return how.system === 'openbsd' || how.system === 'here' ? plan : null;
    },
  };
  return { status: await main(argv, io, services), ...io.written, asked };
}

test('--dry-run runs nothing and lists what would run', async () => {
  expect(await run('suite', 'syscalls', '--dry-run', '--system', 'openbsd', '--only', 'setsid,exec')).toEqual(
    {
      status: 0,
      stdout:
        'syscalls: 1 promises would run on openbsd\n  setsid/ids  all equal\n1 judged, 0 left to the system, 0 unsupported there, 0 without an expectation\n',
      stderr: '',
      asked: [{ system: 'openbsd', only: ['setsid', 'exec'] }],
    },
  );
});

test('without --system it is the system this runs on, as JSON if asked for', async () => {
  const { status, stdout, asked } = await run('suite', '--dry-run', '-f', 'json');
  expect({ status, asked }).toEqual({ status: 0, asked: [{ system: 'here', only: null }] });
  expect(JSON.parse(stdout)).toEqual(plan);
});

test.each([
  [['--dry-run', '--system', 'beos'], "--system: there is no system 'beos'; --help names those there are"],
  [['--system', 'openbsd'], '--system is for --dry-run: the suite runs on this system'],
  [['--dry-run', '-f', 'markdown'], '--dry-run is told as pretty or json'],
])('%j is misuse', async (words, line) => {
  const { status, stdout, stderr } = await run('suite', ...words);
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: `daemon-conformance: ${line}\n`,
  });
});
