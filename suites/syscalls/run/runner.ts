/**
 * The runner: a `node --single-threaded` process that forks the workers and waits for them. Its argument is the
 * request; messages leave on descriptor 1; descriptor 0 is held by whoever asked, and its end ends the run.
 */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fork } from '../../../harness/libc/fork.ts';
import { must } from '../../../harness/libc/library.ts';
import { adoptOrphans } from '../../../harness/libc/own-orphans.ts';
import { platform } from '../../../harness/libc/platform.ts';
import { events, poll, pollSet } from '../../../harness/libc/poll.ts';
import { processEnd } from '../../../harness/libc/process-end.ts';
import { everySignal, sigprocmask } from '../../../harness/libc/signal.ts';
import { whyTooFewDescriptors } from '../../../harness/libc/sys-resource.ts';
import { close, pipe2, read, write } from '../../../harness/libc/unistd.ts';
import { libcVersion } from '../../../harness/libc/version.ts';
import { makeLibcProgram } from '../scenery/libc-program.ts';
import { endLeftovers } from './end-leftovers.ts';
import { loadPromises } from './load.ts';
import { callOf, type KernelPromise } from './promise.ts';
import type { RunnerMessage, RunRequest } from './protocol.ts';
import { usualSoftLimit, work } from './worker.ts';

const asker = 0;
const results = 1;

function tell(message: RunnerMessage): void {
  write(results, Buffer.from(`${JSON.stringify(message)}\n`));
}

function chosen(
  promises: readonly KernelPromise[],
  only: readonly string[] | null,
): readonly KernelPromise[] {
  if (only === null) return promises;
  return promises.filter(({ id }) => only.includes(id) || only.includes(callOf(id)));
}

/** Asks the workers through a pipe that holds the whole queue, and waits until the last has gone. */
function runAll(promises: readonly KernelPromise[], request: RunRequest, scratch: string): void {
  const libcProgram = makeLibcProgram(request.libcPath, scratch);
  tell({ type: 'ready', libc: libcVersion(), examinedLibc: libcProgram.libc });
  for (const { body: _, ...details } of promises) tell({ type: 'declared', ...details });

  const queue = pipe2(platform.O_CLOEXEC);
  const presence = pipe2(platform.O_CLOEXEC);
  for (const made of [queue, presence]) must('pipe2', made);
  const jobs = Buffer.alloc(2 * promises.length);
  promises.forEach((_, index) => {
    jobs.writeUInt16LE(index, 2 * index);
  });
  write(queue.write, jobs);
  close(queue.write);

  const workers: number[] = [];
  for (let number = 0; number < Math.min(request.workers, promises.length); number++) {
    const pid = must('fork', fork());
    if (pid === 0) {
      close(presence.write);
      work({
        promises,
        queue: queue.read,
        results,
        runner: presence.read,
        deadlineMs: request.deadlineMs,
        scratch,
        libcProgram,
        libcOnly: request.libcPath !== null,
      });
    }
    workers.push(pid);
  }
  waitForAll(workers, () => close(presence.write));
  endLeftovers();
}

/** A worker that hears of it ends at once; one that hangs is ended with the leftovers. Milliseconds. */
const abandonedWithinMs = 2000;

/** Until the last worker has ended. `onAbandoned`: whoever asked is gone. */
function waitForAll(workers: readonly number[], onAbandoned: () => void): void {
  const nothing = Buffer.alloc(64);
  let watched = [asker, ...workers.map(processEnd)];
  while (watched.some((fd, index) => index > 0 && fd >= 0)) {
    const set = pollSet(watched);
    const abandoned = watched[0] === -1;
    if (poll(set, abandoned ? abandonedWithinMs : -1).value === 0) return;
    if (watched[0] === asker && events(set, 0) !== 0 && read(asker, nothing).value <= 0) {
      onAbandoned();
      watched[0] = -1;
    }
    // poll(2) passes over negative descriptors.
    watched = watched.map((fd, index) => (index > 0 && fd >= 0 && events(set, index) !== 0 ? -1 : fd));
  }
}

function main(): void {
  const request = JSON.parse(process.argv[2] ?? '{}') as RunRequest;
  const because = whyTooFewDescriptors(usualSoftLimit);
  if (because !== null) throw new Error(because);
  // No signal may run Node's handlers in a child, whose pipes are shared with this process.
  sigprocmask(platform.SIG_SETMASK, everySignal);
  adoptOrphans();
  const promises = loadPromises(request.folder ?? undefined);
  const scratch = mkdtempSync(join(tmpdir(), 'syscall-promises-'));
  try {
    chmodSync(scratch, 0o755);
    runAll(chosen(promises, request.only), request, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  tell({ type: 'over' });
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
