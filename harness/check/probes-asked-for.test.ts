import { expect, test } from 'vitest';
import { checkProgram } from '../index.ts';
import { pidfileProbes } from './probes-asked-for.ts';

test('the probes of a pidfile are those that ask for one', async () => {
  const { probes } = await checkProgram(['setsid', '-f', 'sleep', '60'], {
    probing: 'all',
    starts: ['clean'],
  });
  const asking = Object.entries(probes).flatMap(([name, found]) =>
    'notRun' in found && found.notRun.startsWith('no pidfile is declared') ? [name] : [],
  );
  expect(asking.sort()).toEqual([...pidfileProbes].sort());
});

test('they run where a pidfile is declared and nothing is said of probing, and no others do', async () => {
  const policy = { pidfile: '/nowhere/daemon.pid' };
  const { probes, results } = await checkProgram(['setsid', '-f', 'sleep', '60'], {
    policy,
    starts: ['clean'],
  });
  expect(Object.keys(probes).sort()).toEqual([...pidfileProbes].sort());
  expect(results.find(({ id }) => id === 'pidfile')).toMatchObject({ outcome: 'fail' });
});
