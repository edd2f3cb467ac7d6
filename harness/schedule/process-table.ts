/** The processes and threads that are followed, and where each of them stands. */

import { readFileSync } from 'node:fs';

export interface Thread {
  readonly tid: number;
  readonly process: Process;
  /** It has stopped for its follower, and is let go on with this signal, 0 for none; null while it runs. */
  stopped: { readonly signo: number; readonly atFork: boolean } | null;
  /** Child whose execve(2) or end it waits for, vfork(2). */
  vforked: number | null;
  /** Number of the last system call at whose beginning it stopped; null if that is not known. */
  call: number | null;
  /** The kind of its last sleep, which restart_syscall(2) does not tell. */
  slept: 'event' | 'clock';
}

export interface Process {
  readonly pid: number;
  parent: number;
  /** Forks between the starter and it. */
  generation: number;
  readonly threads: Map<number, Thread>;
  /** It has been let go since it was born. */
  ran: boolean;
  /** It was let go on to its next system call only. */
  steps: boolean;
}

interface Birth {
  readonly process: number;
  readonly parent: number;
}

/** /proc/TID/status, proc_pid_status(5); null if it has ended. */
function birthOf(tid: number): Birth | null {
  try {
    const text = readFileSync(`/proc/${tid}/status`, 'latin1');
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1]);
    return { process: field('Tgid'), parent: field('PPid') };
  } catch {
    return null;
  }
}

export class ProcessTable {
  /** In the order of their births. */
  readonly processes = new Map<number, Process>();
  readonly #threads = new Map<number, Thread>();
  /** Everybody who was ever followed. */
  readonly known = new Set<number>();

  thread(tid: number): Thread | undefined {
    return this.#threads.get(tid);
  }

  /** One that is seen for the first time; undefined if it has ended. */
  add(tid: number): Thread | undefined {
    const birth = birthOf(tid);
    if (birth === null) return undefined;
    const process = this.processes.get(birth.process) ?? {
      pid: birth.process,
      parent: birth.parent,
      generation: this.#generationBelow(birth.parent),
      threads: new Map<number, Thread>(),
      ran: false,
      steps: false,
    };
    this.processes.set(process.pid, process);
    this.known.add(process.pid);
    const thread: Thread = { tid, process, stopped: null, vforked: null, call: null, slept: 'clock' };
    process.threads.set(tid, thread);
    this.#threads.set(tid, thread);
    return thread;
  }

  #generationBelow(parent: number): number {
    return (this.processes.get(parent)?.generation ?? -1) + 1;
  }

  /** What its parent told of the fork, which /proc no longer tells where that has ended. */
  bornOf(process: Process, parent: number): void {
    process.parent = parent;
    process.generation = this.#generationBelow(parent);
  }

  /** After execve(2) there is only the thread that has the number of the process. */
  keepLeader({ pid, threads }: Process): void {
    for (const tid of [...threads.keys()]) if (tid !== pid) this.remove(tid);
  }

  /** A thread has ended, or the process whose number it has. */
  remove(tid: number): Thread | undefined {
    const thread = this.#threads.get(tid);
    if (thread === undefined) return undefined;
    const { process } = thread;
    this.#threads.delete(tid);
    process.threads.delete(tid);
    if (tid === process.pid) {
      this.keepLeader(process);
      this.processes.delete(tid);
    }
    return thread;
  }

  /** Nobody waits for this child any more. */
  vforkEnds(child: number): void {
    for (const thread of this.#threads.values()) if (thread.vforked === child) thread.vforked = null;
  }
}
