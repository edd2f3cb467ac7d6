/** The suite as a whole: starts the runner, hears it out and makes the report. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { engine } from '../../../harness/libc/engine.ts';
import { loadKoffi } from '../../../harness/libc/load-koffi.ts';
import { describePlatform } from '../../../harness/observe/platform.ts';
import {
  type PromiseResult,
  type PromiseVerdict,
  type SuiteReport,
  suiteSchemaVersion,
} from '../../../harness/report/suite/report.ts';
import { expectedOn, judge, type Observation } from './judge.ts';
import { callOf, type System } from './promise.ts';
import type { RunnerMessage, RunRequest } from './protocol.ts';

export interface SuiteOptions {
  /** Ids, or calls whose promises are all meant. */
  readonly only?: readonly string[];
  /** Path of the C library to examine instead of the one that Node has loaded. */
  readonly libcPath?: string;
  /** After which a promise's process is hung. */
  readonly deadlineMs?: number;
  /** Promises run at the same time. */
  readonly workers?: number;
  /** Folder of compiled modules that declare promises, instead of the suite's own. */
  readonly folder?: string;
}

/** Long enough for a machine under load: nothing but a promise that hangs ever waits for it. */
const usualDeadlineMs = 20_000;

/** The compiled runner: Node runs no TypeScript, also when the suite itself runs from source in a test. */
function runnerFile(): string {
  const beside = join(__dirname, 'runner.js');
  return existsSync(beside) ? beside : join(__dirname, '../../../dist/suites/syscalls/run/runner.js');
}

/**
 * Command and arguments of the runner. --v8-pool-size=0: threads the runner has and its children lack are threads
 * too many. A small nursery is a small heap to copy with every fork.
 */
export function runnerCommand(options: SuiteOptions = {}): readonly [string, ...string[]] {
  const request: RunRequest = {
    folder: options.folder ?? null,
    only: options.only ?? null,
    libcPath: options.libcPath ?? null,
    deadlineMs: options.deadlineMs ?? usualDeadlineMs,
    workers: options.workers ?? Math.max(2, Math.min(availableParallelism(), 8)),
  };
  const flags = ['--single-threaded', '--v8-pool-size=0', '--max-semi-space-size=1'];
  return [process.execPath, ...flags, runnerFile(), JSON.stringify(request)];
}

/** The systems an expectation may name for this run, the closest first. */
function systemsOf(examinedLibc: string): readonly System[] {
  const os = process.platform as System;
  if (os !== 'linux') return [os];
  return [examinedLibc.startsWith('musl') ? 'musl' : 'glibc', os];
}

function parseMessages(output: string): readonly RunnerMessage[] {
  const messages: RunnerMessage[] = [];
  for (const line of output.split('\n')) {
    try {
      messages.push(JSON.parse(line) as RunnerMessage);
    } catch {
      // A line cut short: what it was to tell is missing, and counted as such.
    }
  }
  return messages;
}

/** @param output standard output of the runner @param because how the runner ended, for promises it did not report */
export function reportOf(output: string, because: string): SuiteReport {
  const messages = parseMessages(output);
  const ready = messages.find((message) => message.type === 'ready');
  if (ready === undefined) throw new Error(`the runner of the suite could not start: ${because}`);
  const observations = new Map<string, Observation>();
  for (const message of messages) {
    if (message.type === 'observed') observations.set(message.id, message.observation);
  }
  const systems = systemsOf(ready.examinedLibc);
  const promises: PromiseResult[] = [];
  for (const declared of messages) {
    if (declared.type !== 'declared') continue;
    const expected = expectedOn(declared.expect, systems);
    const missing: Observation = { type: 'unresolved', because: `it was not reported: ${because}` };
    const judged = judge(declared, expected, observations.get(declared.id) ?? missing);
    promises.push({
      id: declared.id,
      call: callOf(declared.id),
      title: declared.title,
      clause: declared.clause,
      rows: declared.rows ?? [],
      supports: declared.supports ?? [],
      needs: declared.needs ?? null,
      verdict: judged.verdict,
      kind: judged.kind,
      seen: judged.seen,
      expected: expected?.kind ?? null,
      expectedBy: expected?.source ?? null,
      standard: declared.standard ?? null,
    });
  }
  const platform = { ...describePlatform(ready.libc), examinedLibc: ready.examinedLibc };
  return {
    schemaVersion: suiteSchemaVersion,
    kind: 'suite',
    suite: 'syscalls',
    platform,
    promises,
    summary: summaryOf(promises),
  };
}

function summaryOf(promises: readonly PromiseResult[]): Record<PromiseVerdict, number> {
  const count = (verdict: PromiseVerdict): number => promises.filter((one) => one.verdict === verdict).length;
  return {
    holds: count('holds'),
    broken: count('broken'),
    'implementation-defined': count('implementation-defined'),
    unsupported: count('unsupported'),
    unresolved: count('unresolved'),
  };
}

/** Runs the promises in a process of their own. Rejects only if that process cannot be started at all: KoffiMissing. */
export async function runSyscallSuite(options: SuiteOptions = {}): Promise<SuiteReport> {
  loadKoffi();
  const [file, ...args] = runnerCommand(options);
  return new Promise((resolve, reject) => {
    // A session of its own: no ^C and no hang-up of ours reaches the promises. The pipe on 0 tells it that we live.
    const child = spawn(file, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...engine.environment },
    });
    let output = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    child.once('error', reject);
    child.once('close', (status, signal) => {
      const lastWords = complaint.trim().split('\n').slice(-3).join(' ');
      try {
        resolve(
          reportOf(output, `the runner ended with ${signal ?? status}${lastWords && `: ${lastWords}`}`),
        );
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}
