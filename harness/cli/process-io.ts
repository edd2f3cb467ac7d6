/** The world of this process. */

import type { Writable } from 'node:stream';
import type { Io, Output, StopSignal } from './io.ts';

const stopSignals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export function processIo(): Io {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  return {
    stdout: output(process.stdout, 'standard output'),
    stderr: output(process.stderr, 'standard error'),
    env,
    cwd: process.cwd(),
    onStopSignal(listener) {
      for (const signal of stopSignals) process.on(signal, listener);
      return () => {
        for (const signal of stopSignals) process.off(signal, listener);
      };
    },
  };
}

/** What of a stream is asked for: process.stdout has more, a pipe less. */
type Stream = Pick<Writable, 'write' | 'on'> & { readonly isTTY?: boolean; readonly columns?: number };

export function output(stream: Stream, name: string): Output {
  // Every write is told of its own error; without a listener the first one would end the process.
  stream.on('error', () => {});
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      // A terminal that was never told its size says 0.
      return stream.isTTY === true && (stream.columns ?? 0) > 0 ? (stream.columns ?? null) : null;
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === null || error === undefined || readerIsGone(error)) resolve();
          else
            reject(
              new Error(`${name}: ${error.message}`, {
                cause: error,
              }),
            );
        });
      }),
  };
}

function readerIsGone(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
