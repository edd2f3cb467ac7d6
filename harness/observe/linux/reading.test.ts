import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { unreadable } from '../../facts/process.ts';
import { errnoOf, reading, textOf } from './reading.ts';

function fileWith(content: string | Buffer): string {
  const directory = mkdtempSync(join(tmpdir(), 'reading-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'file');
  writeFileSync(path, content);
  return path;
}

test('an empty file is an empty text', () => {
  expect(textOf(fileWith(''))).toBe('');
});

test('a long file is read whole, characters across the end of any buffer included', () => {
  const content = `x${'é'.repeat(100_000)}`;
  expect(textOf(fileWith(content))).toBe(content);
});

test('bytes that are not UTF-8 become replacement characters', () => {
  expect(textOf(fileWith(Buffer.from([0x61, 0xff, 0xfe, 0x62])))).toBe('a\ufffd\ufffdb');
});

test('a file under /proc is read whole although its size is told as 0', () => {
  expect(textOf('/proc/self/smaps').length).toBeGreaterThan(65_536);
});

test('a failed call is named by errno and path', () => {
  expect(reading('/proc/self/none', textOf)).toEqual(unreadable('ENOENT on /proc/self/none'));
});

test('an error that is no failed call is thrown on', () => {
  const broken = new TypeError('broken');
  expect(() => reading('/proc', () => errnoOf(broken))).toThrow(broken);
});
