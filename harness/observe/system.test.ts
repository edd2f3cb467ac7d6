import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { KoffiMissing } from '../libc/load-koffi.ts';
import { replaying } from './bsd/captured/replay.ts';
import { bsdObserver } from './bsd-observers.ts';
import { observeProcess } from './linux/process.ts';
import { observerFor, Unobservable } from './system.ts';

test('on Linux nothing of the BSDs is loaded', () => {
  const load = vi.fn(() => ({ bsdObserver }));
  expect(observerFor('linux', load).observeProcess).toBe(observeProcess);
  expect(load).not.toHaveBeenCalled();
});

const built = join(__dirname, '../../dist/harness/observe/system.js');
test.skipIf(process.platform !== 'linux' || !existsSync(built))(
  'on Linux neither koffi nor the other observers are loaded (needs the built package on Linux)',
  () => {
    const program = `
      const { observer } = require(${JSON.stringify(built)});
      const alone = { subreaper: null, planted: new Map(), environmentMarker: null };
      const { facts } = observer().observeProcess(process.pid, alone);
      const loaded = Object.keys(require.cache).filter((path) => /node_modules.koffi|observe.(bsd|freebsd|openbsd|netbsd)/.test(path));
      process.stdout.write(JSON.stringify([facts.pid === process.pid, loaded]));`;
    expect(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })).toBe('[true,[]]');
  },
);

test.each(['freebsd', 'openbsd', 'netbsd'] as const)('on %s sysctl and devname are bound', (system) => {
  using replay = replaying({ system, release: system, answer: () => ({ errno: 0, bytes: Buffer.alloc(0) }) });
  const load = () => ({ bsdObserver: () => bsdObserver(system, () => replay.functions) });
  expect(observerFor(system, load).identityOf(1)).toBeNull();
  expect(replay.calls.length).toBe(1);
});

test('macOS is not supported yet, and says so', () => {
  expect(() => observerFor('darwin')).toThrow(Unobservable);
  expect(() => observerFor('darwin')).toThrow('macOS is not supported yet');
  expect(() => observerFor('sunos')).toThrow('there is no observer for sunos');
});

test('where koffi has no binary the message says what is missing and what still works', () => {
  const missing = new KoffiMissing('netbsd', 'x64');
  expect(missing.message).toContain('koffi, which calls the C library, has no binary for netbsd x64');
  expect(missing.message).toContain('compare, explain and list work');
  const functions = () => {
    throw missing;
  };
  const load = () => ({ bsdObserver: () => bsdObserver('netbsd', functions) });
  expect(() => observerFor('netbsd', load)).toThrow(missing);
});
