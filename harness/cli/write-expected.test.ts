import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { failing } from '../report/golden/failing.ts';
import { main } from './main.ts';
import { stubIo, stubServices } from './stub-world.ts';
import { expectationsOf, openReason } from './write-expected.ts';

const failed = failing.results
  .filter(({ counts, outcome }) => counts && outcome === 'fail')
  .map(({ id }) => id);

function world() {
  const directory = mkdtempSync(join(tmpdir(), 'write-expected-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'daemon-conformance.json');
  return { file, directory, io: stubIo({ cwd: directory }) };
}

const services = () => stubServices({ check: async () => failing });

test('what fails and counts is expected to fail from now on, with a reason to be filled in', async () => {
  const { file, io } = world();
  writeFileSync(file, '{ "profile": "apue", "umask": "022" }');
  expect(await main(['--write-expected', 'sh'], io, services())).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    profile: 'apue',
    umask: '022',
    expectedFailures: Object.fromEntries(failed.map((id) => [id, openReason])),
  });
  expect(io.written.stdout).toContain('does not conform to');
  expect(io.written.stderr).toContain(`${failed.length} more are expected to fail (${failed.join(', ')})`);
});

test('the file is made where there is none, also under a name of its own', async () => {
  const { directory, io } = world();
  expect(await main(['--write-expected', '--config', 'own.json', 'sh'], io, services())).toBe(0);
  expect(Object.keys(JSON.parse(readFileSync(join(directory, 'own.json'), 'utf8')))).toEqual([
    'expectedFailures',
  ]);
});

test('a reason that was given stays, and what passes is no longer expected to fail', () => {
  const [first = '', second = ''] = failed;
  const passing = { ...failing.results[0], id: 'mended', outcome: 'pass', counts: true } as const;
  const results = [...failing.results, passing] as typeof failing.results;
  const change = expectationsOf({ results }, { [first]: 'known', mended: 'soon', unjudged: 'later' });
  expect(change.expectedFailures).toMatchObject({
    [first]: 'known',
    [second]: openReason,
    unjudged: 'later',
  });
  expect(change.repaired).toEqual(['mended']);
  expect(change.added).toEqual(failed.slice(1));
  expect(change.expectedFailures.mended).toBeUndefined();
});

test('a file that cannot be written is told before anything is launched', async () => {
  const { io } = world();
  const asked = services();
  expect(await main(['--write-expected', '--config', '/no/such/x.json', 'sh'], io, asked)).toBe(2);
  expect(io.written.stderr).toContain('/no/such/x.json cannot be written');
  expect(asked.orders).toEqual([]);
});
