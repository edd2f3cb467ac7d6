import { expect, test } from 'vitest';
import { inTheNamesOfNetbsd } from './netbsd-names.ts';

test('a call whose types have grown is bound by its present name', () => {
  expect(inTheNamesOfNetbsd('int sigprocmask(int how, const void *set, _Out_ void *old)')).toBe(
    'int __sigprocmask14(int how, const void *set, _Out_ void *old)',
  );
  expect(inTheNamesOfNetbsd('sigaction')).toBe('__sigaction14');
  expect(inTheNamesOfNetbsd('int semctl(int id, int number, int command, ...)')).toMatch(/^int __semctl50\(/);
});

test('any other is bound by its own', () => {
  for (const declaration of ['int setsid(void)', 'int sigwait(const void *set, _Out_ int *signo)', 'close'])
    expect(inTheNamesOfNetbsd(declaration)).toBe(declaration);
});
