/** What a verb may touch of the world outside: injected, so that a test is a world of its own. */

export interface Output {
  readonly isTTY: boolean;
  /** Columns of the terminal; null if it is none. */
  readonly columns: number | null;
  /** Resolves once it is written. A reader that has gone away (EPIPE) is no failure. */
  write(text: string): Promise<void>;
}

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Calls back for every signal that asks us to stop; returns how to stop listening. */
  onStopSignal(listener: (signal: StopSignal) => void): () => void;
}
