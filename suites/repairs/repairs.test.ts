import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProbeOptions } from '../../harness/check/request.ts';
import { type Checker, openChecker } from '../../harness/index.ts';
import { type Language, languages } from '../../harness/judge/repair.ts';
import type { Report } from '../../harness/report/report.ts';
import { needs } from '../pace/needs.ts';
import { requirements } from '../requirements/index.ts';
import { guide } from './guide.ts';
import { editsOf, programWith } from './programs.ts';
import { repairs } from './repairs.ts';
import { toolchains } from './toolchains.ts';

let directory: string;
let checker: Checker;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'repairs-'));
  checker = openChecker();
});

afterAll(async () => {
  await checker.close();
  rmSync(directory, { recursive: true });
});

test('names requirements that there are, and each for certain once', () => {
  const ids = requirements.map(({ id }) => id);
  const named = repairs.flatMap(({ repairs: certain, mayRepair = [] }) => [...certain, ...mayRepair]);
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  const certain = repairs.flatMap((each) => each.repairs);
  expect(certain).toEqual([...new Set(certain)]);
});

test('has code for edits that there are', () => {
  const ids = repairs.map(({ id }) => id);
  const coded = Object.values(guide.languages).flatMap(({ code, top = {}, together }) => [
    ...Object.keys(code),
    ...Object.keys(top),
    ...(together?.ids ?? []),
  ]);
  expect(coded.filter((id) => !ids.includes(id))).toEqual([]);
});

/** What no launch of these programs shows: their streams are open, and they run no other program. */
const unseen = ['open-streams', 'clear-environment'];

function write(language: Language, edits: readonly string[]): string {
  const path = join(directory, `${language}-${edits.length}-${edits.join('-').length}`);
  toolchains[language].make(path, programWith(language, edits));
  return path;
}

/** What shows only when the daemon is ended. */
const probed = ['end-workers'];
const quick = { quick: true, repeat: null };

/** What an edit repairs for certain shows in the state alone; what is there at the return is decided by a held start. */
function check(path: string, probing?: ProbeOptions): Promise<Report> {
  const env = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    TERM: 'xterm',
    SSH_TTY: '/dev/pts/1',
    HOME: directory,
  };
  return checker.check({
    argv: [path],
    path,
    cwd: directory,
    env,
    ...(probing === undefined ? {} : { probing }),
  });
}

function failures({ results }: Report): readonly string[] {
  return results.filter(({ outcome, level }) => outcome === 'fail' && level !== 'may').map(({ id }) => id);
}

describe.each(languages)('the edits in %s', (language) => {
  const of = guide.languages[language];
  const edits = editsOf(of);
  needs(toolchains[language].lack());

  test('make a program that conforms', async () => {
    const report = await check(write(language, edits), quick);
    expect(failures(report)).toEqual([]);
    expect(report.verdict).toBe('conforms');
  });

  test.each(edits.filter((id) => !unseen.includes(id)))('are missed one by one: %s', async (edit) => {
    const others = edits.filter((id) => id !== edit);
    const { changes: missed } = await check(
      write(language, others),
      probed.includes(edit) ? quick : undefined,
    );
    const [place] = of.code[edit] ?? [];
    expect(missed.flatMap(({ code }) => code)).toContain(place);
  });

  const endangered = ['setsid', 'second-fork'].filter((id) => edits.includes(id));
  test.runIf(endangered.length === 2)(
    'tell of the second fork before setsid() makes it necessary',
    async () => {
      const { changes } = await check(
        write(
          language,
          edits.filter((id) => !endangered.includes(id)),
        ),
      );
      const told = changes.find(({ code }) => code.includes(of.code['second-fork']?.[0] ?? ''));
      expect(told).toMatchObject({ level: 'must', repairs: [], keeps: ['session-leader'] });
    },
  );
});
