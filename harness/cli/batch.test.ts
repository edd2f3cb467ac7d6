import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { catalogue } from '../../suites/catalogue/catalogue.ts';
import { type BatchRequest, batch } from '../batch/batch.ts';
import { runSetup } from '../batch/setup.ts';
import { findProgram } from '../launch/find-program.ts';
import { type Launcher, startLauncher } from '../launch/launcher-client.ts';
import { startStates } from '../launch/start-states.ts';
import { packageRoot } from '../package-root.ts';
import type { BatchReport } from '../report/batch/report.ts';
import { renderJson } from '../report/check/json.ts';
import { renderBatchJson } from '../report/compare/json.ts';
import { conforming } from '../report/golden/conforming.ts';
import { parseBatchFile } from './batch-file.ts';
import { isInShard, parseShard } from './batch-shard.ts';
import { main } from './main.ts';
import type { Services } from './services.ts';
import { stubIo, stubServices } from './stub-world.ts';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'batch-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

function put(name: string, content: unknown): void {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(join(directory, name), text);
}

const report: BatchReport = {
  schemaVersion: 1,
  kind: 'batch',
  tool: conforming.tool,
  platform: conforming.platform,
  shard: null,
  programs: [{ name: 'b', package: null, command: ['b'], report: conforming }],
  skipped: [],
  unjudged: [],
  verdict: 'conforms',
};

async function run(
  argv: readonly string[],
  batchService: Services['batch'] = async () => report,
): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
  const io = stubIo({ cwd: directory });
  const rooms: string[] = [];
  const scratchDirectory = async (): Promise<string> => {
    if (rooms.length === 0) rooms.push(mkdtempSync(join(directory, 'room-')));
    return rooms[0] ?? '';
  };
  const services = { ...stubServices(), batch: batchService, scratchDirectory };
  return { status: await main(argv, io, services), ...io.written };
}

async function usageFailed(...argv: string[]): Promise<string> {
  const { status, stdout, stderr } = await run(argv);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^daemon-conformance: [^\n]+\n$/);
  return stderr.slice('daemon-conformance: '.length, -1);
}

describe('a batch file', () => {
  const schema = JSON.parse(readFileSync(join(packageRoot, 'harness/cli/batch.schema.json'), 'utf8'));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false }).compile(schema);
  const line = (content: unknown): string => {
    const parsed = parseBatchFile(JSON.stringify(content), 'b.json');
    return parsed.kind === 'usage-error' ? parsed.line : 'understood';
  };
  const program = { name: 'x', argv: ['x', '-d'] };

  test('is understood as its schema says', () => {
    const all = {
      ...program,
      package: 'x',
      needs: { programs: ['x'], files: ['/x'], root: true },
      setup: [['mkdir', '{dir}/x']],
      env: { HOME: '{dir}' },
      files: { 'x.conf': ['a', 'b'] },
      profile: 'apue',
      pidfile: '{dir}/x.pid',
      strict: true,
      expectedFailures: { umask: 'issue 3' },
    };
    for (const content of [
      { programs: [program] },
      { $schema: 's', defaults: { profile: 'apue' }, programs: [all] },
    ]) {
      expect(line(content)).toBe('understood');
      expect(validate(content)).toBe(true);
    }
  });

  test('is refused as its schema says, in a line that says what to write', () => {
    const wrong: readonly (readonly [unknown, string])[] = [
      [[], 'must hold an object'],
      [{}, 'programs must be a list'],
      [{ programs: [] }, 'programs must be a list'],
      [{ programs: [program], program: [] }, "no key 'program'; did you mean programs?"],
      [{ programs: [3] }, 'program 1 must be an object'],
      [{ programs: [{ argv: ['x'] }] }, 'name must be a text'],
      [{ programs: [{ name: 'x', argv: [] }] }, 'program 1 (x): argv must be a list'],
      [{ programs: [{ ...program, needs: { sudo: true } }] }, "needs has no key 'sudo'"],
      [{ programs: [{ ...program, needs: { root: 'yes' } }] }, 'needs.root must be true or false'],
      [{ programs: [{ ...program, setup: ['mkdir'] }] }, 'setup must be a list of commands'],
      [{ programs: [{ ...program, env: { A: 1 } }] }, 'env must give a text'],
      [{ programs: [{ ...program, files: { '../x': [] } }] }, "'../x' is no plain file name"],
      [{ programs: [{ ...program, files: { x: 'text' } }] }, 'files must give a list of lines'],
      [{ programs: [{ ...program, profil: 'apue' }] }, "no key 'profil'; did you mean profile?"],
      [{ programs: [{ ...program, expectedFailures: { umask: '' } }] }, 'a reason per requirement'],
    ];
    for (const [content, said] of wrong) {
      expect(line(content)).toContain(said);
      expect(validate(content)).toBe(false);
    }
    expect(line({ programs: [program, program] })).toContain("two programs have the name 'x'");
  });

  test('of the scorecard fits its schema', () => {
    const scorecard = readFileSync(join(packageRoot, 'reports/scorecard/batch.json'), 'utf8');
    expect(parseBatchFile(scorecard, 'batch.json').kind).toBe('understood');
    expect(validate(JSON.parse(scorecard))).toBe(true);
  });
});

describe('batch', () => {
  test('hands on what was declared, with its places filled in and its directory made', async () => {
    put('b.json', {
      defaults: { profile: 'apue' },
      programs: [
        {
          name: 'sh',
          argv: ['sh', '{dir}/x', '{here}'],
          env: { A: '{dir}' },
          files: { x: ['{dir}'] },
          pidfile: '{dir}/p',
        },
        { name: 'absent', package: 'pkg', argv: ['/nowhere/x'], needs: { programs: ['/nowhere/x'] } },
      ],
    });
    const asked: BatchRequest[] = [];
    const { status } = await run(['batch', 'b.json', '-j', '3'], async (request) => {
      asked.push(request);
      const [program] = request.programs;
      const dir = program?.request.cwd ?? '';
      expect(readFileSync(join(dir, 'x'), 'utf8')).toBe(`${dir}\n`);
      return report;
    });
    expect(status).toBe(0);
    const [request] = asked;
    const dir = request?.programs[0]?.request.cwd ?? '';
    expect(request).toMatchObject({
      jobs: 3,
      shard: null,
      skipped: [
        { name: 'absent', package: 'pkg', because: '/nowhere/x is not here; it is in the package pkg' },
      ],
      programs: [
        {
          name: 'sh',
          command: ['sh', '{dir}/x', '{here}'],
          request: {
            argv: ['sh', `${dir}/x`, directory],
            path: '/bin/sh',
            profile: 'apue',
            env: { A: dir },
            overrides: { pidfile: `${dir}/p` },
          },
        },
      ],
    });
    expect(existsSync(dir)).toBe(false);
  });

  test('has the exit status of the worst', async () => {
    put('b.json', { programs: [{ name: 'sh', argv: ['sh'] }] });
    const statusOf = async (verdict: BatchReport['verdict']): Promise<number> =>
      (await run(['batch', 'b.json'], async () => ({ ...report, verdict }))).status;
    expect(await statusOf('conforms')).toBe(0);
    expect(await statusOf('does-not-conform')).toBe(1);
    expect(await statusOf('not-judged')).toBe(3);
    expect(await statusOf('not-applicable')).toBe(77);
  });

  test('says in one line what is wrong, and leaves no directory', async () => {
    put('b.json', { programs: [{ name: 'x', argv: ['/nowhere/x'] }] });
    put('p.json', { programs: [{ name: 'x', argv: ['sh'], profile: 'sisv' }] });
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('daemon-conformance-'));
    expect(await usageFailed('batch')).toContain('batch needs a file');
    expect(await usageFailed('batch', 'none.json')).toBe('none.json cannot be read (ENOENT)');
    expect(await usageFailed('batch', 'b.json')).toContain('with needs.programs it is skipped');
    expect(await usageFailed('batch', 'p.json')).toContain("no profile 'sisv'");
    expect(await usageFailed('batch', 'b.json', 'y')).toContain("no program 'y'");
    expect(await usageFailed('batch', 'b.json', '--shard', '3/2')).toContain('--shard is I/N');
    expect(await usageFailed('batch', 'b.json', '--jobs', '0')).toContain('--jobs is a number');
    expect(await usageFailed('batch', '--join')).toContain('needs the reports of the shards');
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith('daemon-conformance-'));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });

  test('joins its shards', async () => {
    put('1.json', renderBatchJson({ ...report, shard: { index: 1, count: 2 } }));
    const other = {
      ...report,
      shard: { index: 2, count: 2 },
      programs: [],
      verdict: 'not-applicable' as const,
    };
    put(
      '2.json',
      renderBatchJson({ ...other, skipped: [{ name: 'a', package: null, because: 'it is absent' }] }),
    );
    put('c.json', renderJson(conforming));
    const { status, stdout } = await run(['batch', '--join', '1.json', '2.json', '-f', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      shard: null,
      programs: [{ name: 'b' }],
      skipped: [{ name: 'a' }],
    });
    expect(await usageFailed('batch', '--join', '1.json')).toBe('shard 2/2 is missing');
    expect(await usageFailed('batch', '--join', '1.json', 'c.json')).toContain('only batches are joined');
  });

  test('every name is in one shard, and stays there whatever else is in the batch', () => {
    const names = Array.from({ length: 200 }, (_each, i) => `program ${i}`);
    for (const name of names) {
      expect([1, 2, 3].filter((index) => isInShard(name, { index, count: 3 }))).toHaveLength(1);
    }
    for (const index of [1, 2, 3]) {
      const share = names.filter((name) => isInShard(name, { index, count: 3 })).length;
      expect(share).toBeGreaterThan(40);
    }
    expect(isInShard('memcached', { index: 1, count: 1 })).toBe(true);
    expect(parseShard('2/3')).toEqual({ kind: 'understood', value: { index: 2, count: 3 } });
    for (const text of ['', '1', '0/2', '3/2', '1/0', 'a/b', '1/2/3', '-1/2']) {
      expect(parseShard(text).kind).toBe('usage-error');
    }
  });
});

describe('setup', () => {
  let launcher: Launcher;
  beforeAll(() => {
    launcher = startLauncher();
  });
  afterAll(() => launcher.close());
  const placeOf = (signal?: AbortSignal) => ({
    timeoutMs: 10_000 * inject('pace').slowness,
    launch: (argv: readonly [string, ...string[]]) => {
      const found = findProgram(argv[0], { cwd: '/', path: '/bin:/usr/bin' });
      const asked = {
        image: { kind: 'execute', path: found.kind === 'found' ? found.path : argv[0] },
        argv,
        environment: ['PATH=/bin:/usr/bin'],
        directory: '/',
        start: startStates.captured,
      } as const;
      return launcher.launch(asked, signal);
    },
  });
  const place = placeOf();

  test('runs its commands in order, and says which one failed and how', async () => {
    const file = join(directory, 'x');
    const both = [
      ['mkdir', file],
      ['rmdir', file],
    ];
    expect(await runSetup(both, place)).toBe(null);
    expect(existsSync(file)).toBe(false);
    const failing = [
      ['sh', '-c', 'echo no such luck >&2; exit 4'],
      ['mkdir', file],
    ];
    expect(await runSetup(failing, place)).toBe('sh ended with status 4: no such luck');
    expect(existsSync(file)).toBe(false);
    expect(await runSetup([['sh', '-c', 'kill -KILL $$']], place)).toBe('sh ended with SIGKILL');
    expect(await runSetup([['/nowhere/x']], place)).toBe('/nowhere/x: ENOENT');
  });

  test('is bounded and can be stopped, and leaves nothing in the background', async () => {
    expect(await runSetup([['sleep', '100']], { ...place, timeoutMs: 50 })).toBe(
      'sleep did not end within 0.05 s',
    );
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(runSetup([['sleep', '100']], placeOf(stopped))).rejects.toThrow('stopped');
    const file = join(directory, 'pid');
    // In a session of its own no process group would reach it.
    expect(await runSetup([['sh', '-c', `setsid sleep 100 & echo $! > ${file}`]], place)).toBe(null);
    const pid = readFileSync(file, 'utf8').trim();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });
});

test('a batch checks what it can, and says of the rest what went wrong', async () => {
  const program = (name: string, argv: readonly string[], setup: readonly (readonly string[])[] = []) => ({
    name,
    package: null,
    command: argv,
    setup,
    request: {
      argv,
      path: argv[0] ?? '',
      cwd: directory,
      env: { PATH: '/bin:/usr/bin' },
      profile: 'sysv' as const,
      overrides: {},
      starts: ['clean' as const],
      only: ['session-leader', 'session'],
      skip: [],
      failOn: 'must' as const,
      expectedFailures: {},
      language: null,
      timeoutMs: 10_000 * inject('pace').slowness,
      keep: false,
    },
  });
  const told: string[] = [];
  const { programs, unjudged, verdict } = await batch(catalogue, {
    programs: [
      program('second', ['/usr/bin/setsid', '-f', '/bin/sleep', '1000']),
      program('first', ['/usr/bin/setsid', '-f', '/bin/sleep', '1000']),
      program('broken', ['/bin/true'], [['false']]),
    ],
    skipped: [],
    shard: null,
    jobs: 2,
    onProgress: ({ done, total }) => told.push(`${done}/${total}`),
  });
  expect(
    programs.map(({ name, report: { results } }) => [
      name,
      results.map(({ id, outcome }) => `${id} ${outcome}`),
    ]),
  ).toEqual([
    ['first', expect.arrayContaining(['session-leader fail', 'session pass'])],
    ['second', expect.arrayContaining(['session-leader fail', 'session pass'])],
  ]);
  expect(unjudged).toEqual([
    { name: 'broken', package: null, because: 'its setup failed: false ended with status 1' },
  ]);
  expect(verdict).toBe('does-not-conform');
  expect(told.at(-1)).toBe('3/3');
});

test('the report of a batch names no directory that was its own', () => {
  const argv = ['sh', '-c', 'echo "I am in $PWD, {dir}"; touch {dir}/x; setsid -f sleep 1000'];
  put('b.json', {
    defaults: { start: ['clean', 'hostile'], only: ['session', 'working-directory'] },
    programs: [
      { name: 'talks', argv },
      { name: 'fails', argv, setup: [['sh', '-c', 'echo {dir} >&2; false']] },
    ],
  });
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(packageRoot, 'harness/bin.cjs'), 'batch', 'b.json', '-f', 'json'],
    { cwd: directory, env: { PATH: '/usr/bin:/bin', TMPDIR: directory }, encoding: 'utf8' },
  );
  expect({ stderr, own: stdout.includes(directory) }).toEqual({ stderr: '', own: false });
  const made = JSON.parse(stdout) as BatchReport;
  expect(made.unjudged).toEqual([
    { name: 'fails', package: null, because: 'its setup failed: sh ended with status 1: {dir}' },
  ]);
  expect(
    made.programs[0]?.report.runs.map(({ starter, processes }) => [
      starter.output.trim().replace(/\/\d+\//, '/N/'),
      processes.map(({ workingDirectory }) => String(workingDirectory).replace(/\/\d+\//, '/N/')),
    ]),
  ).toEqual([
    ['I am in {dir}, {dir}', ['{dir}']],
    ['I am in {scratch}/N/directory, {dir}', ['{scratch}/N/directory']],
  ]);
  expect(readdirSync(directory).sort()).toEqual(['b.json']);
});

describe('compare', () => {
  test('is about what differs, which counts only if asked', async () => {
    put('a.json', renderJson(conforming));
    const [first, ...others] = conforming.results;
    if (first === undefined) throw new Error('the golden has no results');
    const failed = { ...first, outcome: first.outcome === 'fail' ? ('pass' as const) : ('fail' as const) };
    put('b.json', renderJson({ ...conforming, results: [failed, ...others] }));
    expect(await run(['compare', 'a.json', 'b.json'])).toMatchObject({ status: 0, stderr: '' });
    expect((await run(['compare', '--fail-on-difference', 'a.json', 'b.json'])).status).toBe(1);
    expect((await run(['compare', '--fail-on-difference', 'a.json', 'a.json'])).status).toBe(0);
    const { stdout } = await run(['compare', '--only-differences', '-f', 'json', 'a.json', 'b.json']);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'comparison', different: 1, rows: [{ id: first.id }] });
    const { stdout: none } = await run(['compare', '--only-differences', 'a.json', 'a.json']);
    expect(none).toContain('They do not differ.');
  });

  test('says in one line which file is wrong', async () => {
    put('bad.json', '{');
    put('old.json', JSON.stringify({ ...conforming, schemaVersion: 0 }));
    expect(await usageFailed('compare')).toContain('compare needs reports');
    expect(await usageFailed('compare', 'none.json')).toBe('none.json cannot be read (ENOENT)');
    expect(await usageFailed('compare', 'bad.json')).toContain('bad.json is not JSON');
    expect(await usageFailed('compare', 'old.json')).toContain('old.json has schema version 0');
    expect(await usageFailed('compare', '-f', 'junit', 'old.json')).toContain(
      'there are pretty, json, markdown, html',
    );
    expect(await usageFailed('compare', '--strict', 'old.json')).toContain(
      '--strict has no meaning for compare',
    );
  });
});
