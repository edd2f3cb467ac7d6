import { describe, expect, test } from 'vitest';
import type { Outcome, Result } from '../../facts/result.ts';
import type { Change } from '../../judge/repair.ts';
import { joinBatches } from '../batch/join.ts';
import { renderBatchPretty } from '../batch/pretty.ts';
import { type BatchReport, batchVerdict } from '../batch/report.ts';
import { renderJson } from '../check/json.ts';
import { conforming } from '../golden/conforming.ts';
import { failing } from '../golden/failing.ts';
import { hostile } from '../golden/hostile.ts';
import type { Report } from '../report.ts';
import type { PromiseResult, SuiteReport } from '../suite/report.ts';
import { compare, onlyDifferences } from './compare.ts';
import type { Comparison, ComparisonInput } from './comparison.ts';
import { renderComparisonHtml } from './html.ts';
import { parseReport } from './input.ts';
import { renderBatchJson } from './json.ts';
import { renderComparisonMarkdown } from './markdown.ts';
import { renderComparisonPretty } from './pretty.ts';

const view = { color: false, width: 80, verbose: false, quiet: false };

const [anyResult] = conforming.results;
if (anyResult === undefined) throw new Error('the conforming golden has no results');
const passed: Result = anyResult;

function report(outcomes: Readonly<Record<string, Outcome>>, changes: Partial<Report> = {}): Report {
  const results = Object.entries(outcomes).map(
    ([id, outcome]): Result => ({
      ...passed,
      id,
      title: outcome === 'fail' ? `${id} is wrong` : `${id} is right`,
      level: outcome === 'inapplicable' ? null : 'must',
      outcome,
      counts: outcome !== 'inapplicable',
      expectedFailure: null,
    }),
  );
  const count = (outcome: Outcome): number => results.filter((each) => each.outcome === outcome).length;
  const summary = {
    pass: count('pass'),
    fail: count('fail'),
    inconclusive: count('inconclusive'),
    inapplicable: count('inapplicable'),
  };
  return { ...conforming, results, summary, ...changes };
}

function check(file: string, of: Report): ComparisonInput {
  return { kind: 'check', file, report: of };
}

function compared(...reports: readonly ComparisonInput[]): Comparison {
  const found = compare(reports);
  if (found.kind === 'refused') throw new Error(found.because);
  return found.comparison;
}

const named = (name: string): Pick<Report, 'program'> => ({
  program: { argv: [`/usr/bin/${name}`, '-d'], path: `/usr/bin/${name}`, pid: null },
});

describe('programs side by side', () => {
  const right = report({ session: 'pass', umask: 'pass', pidfile: 'inapplicable' }, named('right'));
  const wrong = report({ session: 'fail', umask: 'pass', pidfile: 'pass' }, named('wrong'));

  test('what differs comes first, and what does not apply is no difference', () => {
    const { rows, total, different } = compared(
      check('a', report({ umask: 'pass', session: 'pass' })),
      check('b', wrong),
    );
    expect(rows.map(({ id, differs }) => [id, differs])).toEqual([
      ['session', true],
      ['umask', false],
      ['pidfile', false],
    ]);
    expect({ total, different }).toEqual({ total: 3, different: 1 });
    expect(compared(check('a', right), check('b', wrong)).different).toBe(1);
  });

  test('a row has the title of what holds, also where the first column fails', () => {
    expect(compared(check('b', wrong), check('a', right)).rows[0]?.title).toBe('session is right');
  });

  test('every column is judged by its own profile, and a note says so', () => {
    const { notes, different } = compared(
      check('a', right),
      check('b', report({ session: 'inapplicable', umask: 'pass' }, { profile: 'daemon3-glibc' })),
    );
    expect(different).toBe(0);
    expect(notes).toEqual([expect.stringMatching(/^Profiles differ \(sysv, daemon3-glibc\): /)]);
  });

  test('columns have the fewest words that tell them apart', () => {
    const elsewhere = { ...right, platform: { ...right.platform, id: 'openbsd-7.6' } };
    const names = (...reports: readonly Report[]): readonly string[] =>
      compared(...reports.map((each, i) => check(`${i}.json`, each))).columns.map(({ name }) => name);
    expect(names(right, wrong)).toEqual(['right', 'wrong']);
    expect(names(right, elsewhere)).toEqual([right.platform.id, 'openbsd-7.6']);
    expect(names(right, wrong, elsewhere)).toEqual([
      `right · ${right.platform.id}`,
      'right · openbsd-7.6',
      `wrong · ${right.platform.id}`,
    ]);
    expect(names(right, right)).toEqual(['0.json', '1.json']);
  });

  test('an absent row is no difference', () => {
    const { rows } = compared(check('a', right), check('b', report({ session: 'pass' }, named('wrong'))));
    expect(rows.find(({ id }) => id === 'umask')).toEqual({
      id: 'umask',
      title: 'umask is right',
      differs: false,
      cells: [expect.objectContaining({ outcome: 'pass' }), { kind: 'absent' }],
    });
  });

  test('the differences alone still tell how many rows there are', () => {
    const all = compared(check('a', right), check('b', wrong));
    const few = onlyDifferences(all);
    expect(few.rows.map(({ id }) => id)).toEqual(['session']);
    expect(few.total).toBe(all.total);
  });

  test('the terminal sees numbered columns and a line of signs', () => {
    expect(renderComparisonPretty(compared(check('a', right), check('b', wrong)), view)).toBe(
      `2 programs, 3 requirements, 1 differs

1 right  conforms         sysv, 2 pass, 0 fail
2 wrong  conforms         1 decide, sysv, 2 pass, 1 fail

differ
        1 2
session ✓ ✗

the same
        1 2
umask   ✓ ✓
pidfile - ✓

✓ passes, ✗ fails, x fails as expected, ? could not be judged, - does not apply
or is not asked for, blank not in that report
`,
    );
  });

  test('no line is wider than the terminal, however many programs there are', () => {
    const many = Array.from({ length: 70 }, (_each, i) =>
      check(`${i}`, report({ session: 'pass' }, named(`p${i}`))),
    );
    for (const line of renderComparisonPretty(compared(...many), view).split('\n')) {
      expect([...line].length).toBeLessThanOrEqual(80);
    }
  });
});

const promise: PromiseResult = {
  id: 'setsid/group-leader',
  call: 'setsid',
  title: 'setsid() fails for a process group leader',
  clause: 'POSIX.1-2024 XSH setsid()',
  rows: [],
  supports: [],
  needs: null,
  verdict: 'holds',
  kind: 'EPERM',
  seen: 'setsid(): EPERM',
  expected: 'EPERM',
  expectedBy: null,
  standard: null,
};

function suite(id: string, promises: readonly PromiseResult[]): SuiteReport {
  return {
    schemaVersion: 1,
    kind: 'suite',
    suite: 'syscalls',
    platform: { ...conforming.platform, id, examinedLibc: conforming.platform.libc },
    promises,
    summary: { holds: 1, broken: 0, 'implementation-defined': 0, unsupported: 0, unresolved: 0 },
  };
}

const ofPlatform = (file: string, of: SuiteReport): ComparisonInput => ({ kind: 'suite', file, report: of });

describe('platforms side by side', () => {
  const linux = suite('linux', [promise, { ...promise, id: 'open/terminal', kind: 'acquires' }]);
  const freebsd = suite('freebsd', [promise, { ...promise, id: 'open/terminal', kind: 'does not acquire' }]);

  test('kinds are held against each other, and the terminal shows them', () => {
    const text = renderComparisonPretty(compared(ofPlatform('l', linux), ofPlatform('f', freebsd)), view);
    expect(text).toContain('2 platforms, 2 promises, 1 differs\n');
    expect(text).toMatch(/differ\n.*\nopen\/terminal {8}✓ acquires +✓ does not acquire\n/);
  });

  test('what was not tried is no difference', () => {
    const openbsd = suite('openbsd', [{ ...promise, kind: 'unsupported', verdict: 'unsupported' }]);
    expect(compared(ofPlatform('l', linux), ofPlatform('o', openbsd)).different).toBe(0);
  });

  test('another suite, or a program beside a platform, is refused', () => {
    expect(compare([ofPlatform('l', linux), ofPlatform('x', { ...freebsd, suite: 'other' })])).toEqual({
      kind: 'refused',
      because: 'l is of the suite syscalls and x of other',
    });
    expect(compare([ofPlatform('l', linux), check('c', conforming)])).toEqual({
      kind: 'refused',
      because: 'l tells of a platform and c of programs: compare like with like',
    });
  });
});

describe('a report from a file', () => {
  const because = (text: string): string => {
    const parsed = parseReport(text, 'a.json');
    return parsed.kind === 'refused' ? parsed.because : 'understood';
  };

  test('is understood as it was written', () => {
    for (const each of [conforming, failing, hostile]) expect(because(renderJson(each))).toBe('understood');
    expect(because(JSON.stringify(suite('linux', [promise])))).toBe('understood');
    expect(because(renderBatchJson(batch('x')))).toBe('understood');
  });

  test('is refused in one line with the reason', () => {
    expect(because('{\n"a": \n')).toMatch(/^a\.json is not JSON: [^\n]+$/);
    for (const text of ['null', '[]', '3', '{}', '{"kind":"suite"}', '{"schemaVersion":1,"kind":"other"}']) {
      expect(because(text)).toBe('a.json is no report of a check, a suite or a batch');
    }
    expect(because(JSON.stringify({ ...conforming, schemaVersion: 2 }))).toBe(
      'a.json has schema version 2, and this program reads 1: write it anew with this version',
    );
    expect(because(JSON.stringify({ ...conforming, results: [{ id: 'x' }] }))).toBe(
      'a.json says it is the report of a check, but lacks what one holds',
    );
    expect(because(JSON.stringify({ ...conforming, profile: 'toString' }))).toContain('lacks what one holds');
  });
});

function batch(name: string, changes: Partial<BatchReport> = {}): BatchReport {
  const programs = [{ name, package: 'pkg', command: ['x', '{dir}'], report: conforming }];
  return {
    schemaVersion: 1,
    kind: 'batch',
    tool: conforming.tool,
    platform: conforming.platform,
    shard: null,
    programs,
    skipped: [],
    unjudged: [],
    verdict: 'conforms',
    ...changes,
  };
}

describe('shards of a batch', () => {
  const one = { file: '1.json', report: batch('b', { shard: { index: 1, count: 2 } }) };
  const two = {
    file: '2.json',
    report: batch('a', { shard: { index: 2, count: 2 }, verdict: 'does-not-conform' }),
  };

  test('join to the report of the whole, in the order of names', () => {
    const joined = joinBatches([one, two]);
    expect(joined.kind === 'joined' && joined.report.shard).toBe(null);
    expect(joined.kind === 'joined' && joined.report.programs.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(joined.kind === 'joined' && joined.report.verdict).toBe('conforms');
  });

  test('are all there, once, from one platform and one version', () => {
    const why = (...all: Parameters<typeof joinBatches>[0]): string => {
      const joined = joinBatches(all);
      return joined.kind === 'refused' ? joined.because : 'joined';
    };
    expect(why()).toBe('there is nothing to join');
    expect(why(one)).toBe('shard 2/2 is missing');
    expect(why(one, two, { ...two, file: '3.json' })).toBe('2.json and 3.json are both shard 2/2');
    expect(why(one, { file: 'w', report: batch('w') })).toBe('w is a whole batch and 1.json a shard of one');
    expect(why({ file: 'v', report: batch('w') }, { file: 'w', report: batch('w') })).toBe(
      'w is in v and in w',
    );
    const platform = { ...conforming.platform, id: 'other' };
    expect(why(one, { file: 'o', report: { ...two.report, platform } })).toMatch(
      /^o is of other and 1\.json of /,
    );
    const tool = { ...conforming.tool, version: '9.9.9' };
    expect(why(one, { file: 'o', report: { ...two.report, tool } })).toMatch(
      /^o was written by version 9\.9\.9 /,
    );
  });

  test('the verdict of a batch is the worst of all', () => {
    const of = (...reports: readonly Report[]) =>
      reports.map((each, i) => ({ name: `${i}`, package: null, command: [], report: each }));
    const unjudged = [{ name: 'x', package: null, because: 'its setup failed' }];
    expect(batchVerdict({ programs: of(conforming, failing), unjudged })).toBe('does-not-conform');
    expect(batchVerdict({ programs: of(conforming), unjudged })).toBe('not-judged');
    expect(batchVerdict({ programs: of(conforming), unjudged: [] })).toBe('conforms');
    expect(batchVerdict({ programs: [], unjudged: [] })).toBe('not-applicable');
  });
});

describe('fix lists', () => {
  const change: Change = {
    change: 'Call umask(0)',
    level: 'must',
    repairs: ['file-mode-creation-mask'],
    declare: [],
    language: 'c',
    code: ['umask(0);\nif (a < b) exit(1);'],
  };
  const listed = compared(
    check('a', report({ a: 'fail' }, { changes: [change] })),
    check('b', report({ a: 'pass' })),
  );

  test('stand in the page, folded, for each program that has one', () => {
    const html = renderComparisonHtml(listed);
    expect(html.match(/<summary>[^<]*change[^<]*<\/summary>/g)).toEqual(['<summary>a: 1 change</summary>']);
    expect(html).toContain('<pre tabindex="0"><code>umask(0);\nif (a &lt; b) exit(1);</code></pre>');
    expect(html).toContain('must, repairs file-mode-creation-mask');
  });

  test('are left out where no program has one, and in what former versions wrote', () => {
    const none = compared(check('a', report({ a: 'pass' })), check('b', report({ a: 'pass' })));
    expect(renderComparisonHtml(none)).not.toContain('Fix lists');
    if (none.of !== 'programs') throw new Error('these are programs');
    const former = none.columns.map(({ changes: _, ...column }) => column);
    expect(renderComparisonHtml({ ...none, columns: former })).not.toContain('Fix lists');
  });
});

describe('hostile text', () => {
  const evil = '</script><b>|`x`\r\n::error::\u001b]0;owned\u0007\u202e ]]> & "\' @team';
  const skipped = [{ name: evil, package: evil, because: evil }];
  const ofBatch = batch(evil, {
    programs: [{ name: evil, package: evil, command: [evil], report: hostile }],
    skipped,
    unjudged: skipped,
  });
  const platforms = compared(
    ofPlatform('a', suite(evil, [{ ...promise, id: evil, kind: evil, seen: evil, title: evil }])),
    ofPlatform('b', suite('b', [promise])),
  );
  const comparisons = [compared({ kind: 'batch', file: evil, report: ofBatch }), platforms];

  test('leaves no control character anywhere', () => {
    const texts = [
      ...comparisons.flatMap((each) => [
        renderComparisonPretty(each, view),
        renderComparisonMarkdown(each),
        renderComparisonHtml(each),
      ]),
      renderBatchPretty(ofBatch, { ...view, verbose: true }),
    ];
    for (const text of texts)
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  test('is text in HTML', () => {
    for (const each of comparisons) {
      const html = renderComparisonHtml(each);
      expect(html).not.toContain('<b>');
      expect(html).not.toContain('</script>');
      expect(html).not.toMatch(/<(script|link|img|iframe)|src=|href=|@import|url\(/);
      expect(html.match(/<(table|tr|td|th|main|div)[ >]/g)?.length).toBe(
        html.match(/<\/(table|tr|td|th|main|div)>/g)?.length,
      );
    }
  });

  test('leaves every Markdown table its columns', () => {
    for (const each of comparisons) {
      const text = renderComparisonMarkdown(each).trimEnd();
      expect(text).not.toContain('<b>');
      for (const table of text.split('\n\n').filter((part) => part.startsWith('|'))) {
        const widths = table.split('\n').map((line) => line.replace(/\\\|/g, '').split('|').length);
        expect(new Set(widths).size).toBe(1);
      }
    }
  });
});
