/** What a process has used of processors, as far as the system counts it. */

export interface ThreadTime {
  /** Time on a processor. */
  readonly processorMs: number;
  /** On a processor, or waiting for one. */
  readonly runnableMs: number;
  /** How often it waited for something else. */
  readonly waits: string;
}

export interface ProcessorTime {
  /** Of all its threads, those that have ended included. */
  readonly processorMs: number;
  /** Steps in which {@link processorMs} grows. */
  readonly resolutionMs: number;
  /** By thread ID; empty where the system does not tell of threads. */
  readonly threads: ReadonlyMap<string, ThreadTime>;
  /** Where a person finds it. */
  readonly evidence: readonly string[];
}
