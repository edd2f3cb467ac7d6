/** What is tried of the edits in a language: programs with all of them, without one, and with next to none. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { CheckRequest, ProbeOptions } from '../../harness/check/request.ts';
import { type Checker, openChecker } from '../../harness/index.ts';
import type { Language } from '../../harness/judge/repair.ts';
import type { Report } from '../../harness/report/report.ts';
import { needs } from '../pace/needs.ts';
import { guide } from './guide.ts';
import { editsOf, programWith } from './programs.ts';
import { repairs } from './repairs.ts';
import { toolchains } from './toolchains.ts';

let directory: string;
let checker: Checker;

/** What no launch of these programs shows: their streams are open, and they run no other program. */
const unseen = ['open-streams', 'clear-environment'];

/** As the pidfile edit writes it. */
const examplePidfile = '/run/mydaemon.pid';

function write(language: Language, edits: readonly string[], pidfile = examplePidfile): string {
  const path = join(directory, `${language}-${edits.length}-${edits.join('-').length}`);
  toolchains[language].make(path, programWith(language, edits).replaceAll(examplePidfile, pidfile));
  return path;
}

/** What shows only when the daemon is ended. */
const probed = ['end-workers'];
const quick = { quick: true, repeat: null };

/** What an edit repairs for certain shows in the state alone; what is there at the return is decided by a held start. */
function check(path: string, probing?: ProbeOptions, more: Partial<CheckRequest> = {}): Promise<Report> {
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
    ...more,
  });
}

/** Who never returns, or writes no pidfile, is waited for until the deadline: nothing else ends that. */
const givenUpSoon = { timeoutMs: 2000 * inject('pace').slowness };

function failures({ results }: Report): readonly string[] {
  return results.filter(({ outcome, level }) => outcome === 'fail' && level !== 'may').map(({ id }) => id);
}

/** A third of the work each: every one of them has a test file. */
export const parts: Readonly<Record<'compiled' | 'interpreted' | 'scripts', readonly Language[]>> = {
  compiled: ['c', 'go', 'rust'],
  interpreted: ['python', 'ruby', 'node'],
  scripts: ['perl', 'sh'],
};

export function testEditsIn(languages: readonly Language[]): void {
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'repairs-'));
    checker = openChecker();
  });

  afterAll(async () => {
    await checker.close();
    rmSync(directory, { recursive: true });
  });

  describe.each(languages)('the edits in %s', (language) => {
    const of = guide.languages[language];
    const every = editsOf(of);
    // It concerns who declares one alone.
    const edits = every.filter((id) => id !== 'pidfile');
    needs(toolchains[language].lack());

    test('make a program that conforms', async () => {
      const report = await check(write(language, edits), quick);
      expect(failures(report)).toEqual([]);
      expect(report.verdict).toBe('conforms');
    });

    // Of what stays in the foreground nothing else can be said.
    const forks = edits.filter((id) => id === (edits.includes('fork') ? 'fork' : 'setsid'));
    test('are told at once, all of them, of a program that does no more than fork', async () => {
      const { changes } = await check(write(language, forks), quick);
      const told = changes.flatMap(({ code }) => code);
      const missing = edits.filter((id) => ![...unseen, ...forks].includes(id));
      expect(missing.filter((id) => !told.includes(of.code[id]?.[0] ?? ''))).toEqual([]);
    });

    test.each(edits.filter((id) => !unseen.includes(id)))('are missed one by one: %s', async (edit) => {
      const others = edits.filter((id) => id !== edit);
      const { changes: missed } = await check(
        write(language, others),
        probed.includes(edit) ? quick : undefined,
        edit === 'fork' ? givenUpSoon : {},
      );
      const [place] = of.code[edit] ?? [];
      expect(missed.flatMap(({ code }) => code)).toContain(place);
    });

    test('make a pidfile that can be trusted', async () => {
      const pidfile = join(directory, `${language}.pid`);
      const only = repairs.find(({ id }) => id === 'pidfile')?.repairs ?? [];
      const declared = { overrides: { pidfile }, only: [...only, 'pidfile-mode'] };
      const many = { quick: false, repeat: 4 };
      const { results } = await check(write(language, every, pidfile), many, declared);
      expect(results.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
      expect(results).toHaveLength(declared.only.length);
      const { changes } = await check(write(language, edits), quick, { ...declared, ...givenUpSoon });
      expect(changes.flatMap(({ code }) => code)).toContain(of.code.pidfile?.[0]);
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
}
