import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, describe, expect } from 'vitest';
import { renderMarkdown } from '../report/check/markdown.ts';
import { reportFormats } from '../report/formats.ts';
import { conforming } from '../report/golden/conforming.ts';
import { failing } from '../report/golden/failing.ts';
import { main } from './main.ts';
import { stubIo, stubServices } from './stub-world.ts';

const test = base.extend<{ directory: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are asked for from the pattern
  directory: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'formats-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
});

const path = '/bin:/usr/bin';

test('every format is written, all of them at once', async ({ directory }) => {
  const io = stubIo({ cwd: directory });
  const argv = Object.keys(reportFormats).flatMap((name) => ['-f', `${name}=report.${name}`]);
  expect(await main([...argv, 'sh'], io, stubServices())).toBe(0);
  expect(readdirSync(directory).sort()).toEqual(
    Object.keys(reportFormats)
      .map((name) => `report.${name}`)
      .sort(),
  );
  expect(readFileSync(join(directory, 'report.html'), 'utf8')).toMatch(/^<!DOCTYPE html>\n/);
  expect(readFileSync(join(directory, 'report.tap'), 'utf8')).toMatch(/^TAP version 13\n/);
  expect(readFileSync(join(directory, 'report.tap14'), 'utf8')).toMatch(/^TAP version 14\n/);
  expect(io.written.stdout).toContain('conforms to sysv');
});

describe('in GitHub Actions', () => {
  test('annotations and a job summary come unasked', async ({ directory }) => {
    const summary = join(directory, 'summary.md');
    writeFileSync(summary, 'before\n');
    const env = { PATH: path, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const io = stubIo({ cwd: directory, env });
    expect(await main(['sh'], io, stubServices({ check: async () => failing }))).toBe(1);
    expect(io.written.stdout).toMatch(/^::error title=/);
    expect(readFileSync(summary, 'utf8')).toBe(`before\n${renderMarkdown(failing)}\n`);
    expect(io.written.stderr).toBe('');
  });

  test('a format that was asked for is the one that is written', async ({ directory }) => {
    const summary = join(directory, 'summary.md');
    const env = { PATH: path, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const io = stubIo({ cwd: directory, env });
    expect(await main(['-f', 'tap', 'sh'], io, stubServices())).toBe(0);
    expect(io.written.stdout).toMatch(/^TAP version 13\n/);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('a summary that cannot be written, or is full, is said and changes nothing', async ({ directory }) => {
    const full = join(directory, 'full.md');
    writeFileSync(full, 'x'.repeat(1024 * 1024));
    for (const summary of [join(directory, 'no/such'), full]) {
      const env = { PATH: path, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
      const io = stubIo({ cwd: directory, env });
      expect(await main(['sh'], io, stubServices())).toBe(0);
      expect(io.written.stderr).toMatch(/^daemon-conformance: the job summary [^\n]*\n$/);
    }
    expect(readFileSync(full).length).toBe(1024 * 1024);
  });
});

test('elsewhere the report is for a person', async ({ directory }) => {
  const io = stubIo({ cwd: directory, env: { PATH: path, GITHUB_ACTIONS: '' } });
  expect(await main(['sh'], io, stubServices({ check: async () => conforming }))).toBe(0);
  expect(io.written.stdout).not.toContain('::');
});
