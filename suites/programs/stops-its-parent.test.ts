/** A program may signal whoever started it: same user. Neither verdict nor end depends on what it does to its stage. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkProgram } from '../../harness/index.ts';

const only = ['foreground', 'session', 'working-directory'];
const program = (deed: string) => ['sh', '-c', `(${deed}; exec sleep 1000) & exec sleep 0.3`] as const;

test('a program that stops its parent is judged as any other', async () => {
  const outcomes = async (deed: string) => {
    const { results } = await checkProgram(program(deed), { only, starts: ['clean', 'captured'] });
    return results.map(({ id, outcome }) => [id, outcome]);
  };
  expect(await outcomes('kill -STOP $PPID')).toEqual(await outcomes(':'));
});

test('a check of one that stops its parent for ever heeds the signal that is to end it', async () => {
  const controller = new AbortController();
  const directory = mkdtempSync(join(tmpdir(), 'stops-its-parent-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const script = `while kill -STOP $PPID; do : >${directory}/there; sleep 0.001; done`;
  const stopped = new Error('enough');
  const checked = checkProgram(['sh', '-c', script], {
    only,
    starts: ['clean'],
    timeoutMs: 600_000,
    signal: controller.signal,
  });
  const rejected = expect(checked).rejects.toBe(stopped);
  await expect.poll(() => existsSync(join(directory, 'there'))).toBe(true);
  controller.abort(stopped);
  await rejected;
});
