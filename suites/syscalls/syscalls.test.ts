import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';
import { differences, platformFolder, readReference } from './run/reference.ts';
import { runSyscallSuite } from './run/suite.ts';

const running = runSyscallSuite();

describe('promises of the system and its C library', async () => {
  const { promises } = await running;
  for (const { id, title, verdict, kind, expected, seen } of promises) {
    test(`${id}: ${title}`, ({ skip }) => {
      skip(verdict === 'unsupported', seen);
      expect({ verdict, kind }, seen).toEqual({
        verdict: expect.stringMatching(/^(holds|implementation-defined)$/),
        kind: verdict === 'holds' ? expected : expect.any(String),
      });
    });
  }
});

test('a run gives the kinds of the reference of this platform', async ({ skip }) => {
  const report = await running;
  const reference = readReference(report.platform, join(packageRoot, 'reports'));
  if (reference === null) return skip(`reports has no ${platformFolder(report.platform)}`);
  expect(differences(reference, report)).toEqual([]);
});

test('at least 150 promises are made', async () => {
  expect((await running).promises.length).toBeGreaterThanOrEqual(150);
});

// The kernel and libc part of the catalogue.
const rows: Readonly<Record<string, number>> = {
  SID: 6,
  PGID: 3,
  SPAWN: 1,
  TTY: 10,
  HUP: 7,
  JOB: 7,
  ORPH: 2,
  EXEC: 6,
  FORK: 11,
  UM: 4,
  CWD: 2,
  FD: 5,
  CHLD: 3,
  LIBC: 4,
  NOHUP: 1,
  SH: 1,
};

test('every row of the catalogue is covered', async () => {
  const covered = new Set((await running).promises.flatMap((promise) => promise.rows));
  const wanted = Object.entries(rows).flatMap(([area, count]) =>
    Array.from({ length: count }, (_, index) => `K-${area}-${index + 1}`),
  );
  expect([...covered].sort()).toEqual(wanted.sort());
});

describe('each file declares the promises of its own call', () => {
  const calls = readdirSync(__dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => basename(name, '.ts'));
  const files = calls.flatMap((call) => {
    const folder = join(__dirname, call);
    const names = existsSync(folder) ? readdirSync(folder).map((name) => `${call}/${name}`) : [`${call}.ts`];
    return names.map((file) => ({ call, file }));
  });
  for (const { call, file } of files) {
    test(file, () => {
      const lines = readFileSync(join(__dirname, file), 'utf8').split('\n');
      let count = 0;
      lines.forEach((line, index) => {
        if (!/^(libcPromise|promise)\($/.test(line)) return;
        count++;
        const rest = lines.slice(index).join('\n');
        expect(/\bid: '([^/]+)\//.exec(rest)?.[1]).toBe(call);
      });
      expect(count).toBeGreaterThan(0);
    });
  }
});
