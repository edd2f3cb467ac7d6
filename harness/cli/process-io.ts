/** The world of this process. */

import { fstatSync, statSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Io, Output, StopSignal } from './io.ts';

const stopSignals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export function processIo(): Io {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  return {
    stdout: descriptorOutput(1, () => process.stdout, 'standard output'),
    stderr: descriptorOutput(2, () => process.stderr, 'standard error'),
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

/**
 * A descriptor that is no terminal is written to as it is: Node's own stream takes a quarter of the time it takes Node
 * to start, and is there for terminals, and for what is written when a pipe that does not wait is full.
 */
function descriptorOutput(fd: number, stream: () => Stream, name: string): Output {
  const mayBeTerminal = isDevice(fd);
  let opened: ReturnType<typeof output> | null = null;
  const streamed = () => {
    opened ??= output(stream(), name);
    return opened;
  };
  return {
    get isTTY() {
      return mayBeTerminal && streamed().isTTY;
    },
    get columns() {
      return mayBeTerminal ? streamed().columns : null;
    },
    async write(text) {
      let bytes = Buffer.from(text);
      try {
        while (bytes.length > 0) bytes = bytes.subarray(writeSync(fd, bytes));
      } catch (error) {
        if (!(error instanceof Error) || readerIsGone(error)) return;
        if ('code' in error && error.code === 'EAGAIN') return streamed().write(bytes);
        throw new Error(`${name}: ${error.message}`, { cause: error });
      }
    },
  };
}

/** A character device, and another than /dev/null. */
function isDevice(fd: number): boolean {
  try {
    const opened = fstatSync(fd);
    return opened.isCharacterDevice() && opened.rdev !== statSync('/dev/null').rdev;
  } catch {
    // The first write says why.
    return false;
  }
}

/** What of a stream is asked for: process.stdout has more, a pipe less. */
type Stream = Pick<Writable, 'write' | 'on'> & { readonly isTTY?: boolean; readonly columns?: number };

export function output(
  stream: Stream,
  name: string,
): Output & { write(text: string | Uint8Array): Promise<void> } {
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
