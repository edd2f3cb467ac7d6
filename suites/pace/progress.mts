/**
 * What runs while nothing has been reported for a while, and at the end what was skipped, by the reason: its own words,
 * or what its title says that it needs.
 */

import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Long enough to say nothing beside tests that are quick. */
const silenceMs = 10_000;

export class Progress implements Reporter {
  readonly #running = new Map<TestModule, { readonly beganMs: number; done: number }>();
  readonly #write: (line: string) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(write: (line: string) => void = (line) => void process.stdout.write(`${line}\n`)) {
    this.#write = write;
  }

  onTestRunStart(): void {
    this.#timer = setInterval(() => this.#tell(), silenceMs).unref();
  }

  onTestModuleStart(module: TestModule): void {
    this.#running.set(module, { beganMs: performance.now(), done: 0 });
  }

  onTestCaseResult(test: TestCase): void {
    const running = this.#running.get(test.module);
    if (running !== undefined) running.done++;
  }

  onTestModuleEnd(module: TestModule): void {
    this.#running.delete(module);
    this.#timer?.refresh();
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    clearInterval(this.#timer);
    const tests = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    const reasons = new Map<string, number>();
    for (const test of tests) {
      const reason = reasonOf(test);
      if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    if (reasons.size > 0) this.#write('Skipped here:');
    for (const [reason, count] of reasons) this.#write(`  ${count} ${reason}`);
  }

  #tell(): void {
    for (const [module, { beganMs, done }] of this.#running) {
      const all = [...module.children.allTests()].length;
      const seconds = Math.round((performance.now() - beganMs) / 1000);
      this.#write(`   ${module.relativeModuleId}: ${done} of ${all} tests after ${seconds} s`);
    }
  }
}

/** Null for one that was left out by the command line. */
function reasonOf(test: TestCase): string | null {
  const result = test.result();
  if (result.state !== 'skipped') return null;
  if (result.note !== undefined) return result.note;
  return /\(needs ([^)]+(?:\([^)]*\)[^)]*)*)\)/.exec(test.fullName)?.[0].slice(1, -1) ?? null;
}
