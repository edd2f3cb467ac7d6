/** Lines that arrive on a descriptor. A read may end anywhere, inside a character too. */

import { StringDecoder } from 'node:string_decoder';
import { read } from '../libc/unistd.ts';

export class Lines {
  readonly #fd: number;
  readonly #buffer = Buffer.alloc(16 * 1024);
  readonly #decoder = new StringDecoder('utf8');
  readonly #whole: string[] = [];
  #partial = '';

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** One read(2), which waits for something to come. False at the end of file, or if nothing can be read. */
  fill(): boolean {
    const { value, errno } = read(this.#fd, this.#buffer);
    if (errno === 'EINTR') return true;
    if (value <= 0) return false;
    const pieces = this.#decoder.write(this.#buffer.subarray(0, value)).split('\n');
    pieces[0] = this.#partial + pieces[0];
    this.#partial = pieces.pop() ?? '';
    this.#whole.push(...pieces);
    return true;
  }

  /** The next line that has come whole, without its end; undefined if there is none yet. */
  take(): string | undefined {
    return this.#whole.shift();
  }

  /** The next line, however long it takes to come; undefined at the end of file. */
  wait(): string | undefined {
    for (;;) {
      const line = this.take();
      if (line !== undefined || !this.fill()) return line;
    }
  }
}
