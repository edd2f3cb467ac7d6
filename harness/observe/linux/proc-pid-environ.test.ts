import { expect, test } from 'vitest';
import { parseProcPidEnviron } from './proc-pid-environ.ts';

const marker = 'MARKER=planted';

test('an empty environment', () => {
  expect(parseProcPidEnviron('', marker)).toEqual({ marker: false, sessionVariables: [] });
});

test('names of session variables, in their order, once, without values', () => {
  const text =
    'PATH=/bin\0TERM=xterm\0SSH_TTY=/dev/pts/1\0LS_COLORS=x\0SUDO_USER=ann\0XDG_SESSION_ID=3\0XDG_CONFIG_HOME=/c\0TERM=again\0';
  expect(parseProcPidEnviron(text, null)).toEqual({
    marker: false,
    sessionVariables: ['TERM', 'SSH_TTY', 'SUDO_USER', 'XDG_SESSION_ID'],
  });
});

test('the marker counts only with its value, as a whole entry', () => {
  const found = (text: string) => parseProcPidEnviron(text, marker).marker;
  expect(found('A=1\0MARKER=planted\0')).toBe(true);
  expect(found('MARKER=other\0')).toBe(false);
  expect(found('X=MARKER=planted\0')).toBe(false);
  expect(found('MARKER=planted and more\0')).toBe(false);
});

test('entries without a name or without = are no variables', () => {
  expect(parseProcPidEnviron('TERM\0=TERM\0TERM =x\0', null).sessionVariables).toEqual([]);
});
