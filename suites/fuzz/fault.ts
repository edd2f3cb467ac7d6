/** What must not come of anything that a user may write. */

export interface ProgramOutput {
  /** Null if a signal ended it, or it threw. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** A report went into a file. */
  readonly wrote: boolean;
}

export interface Answer {
  /** Null if there was none. */
  readonly status: number | null;
  /** What is wrong with it; null if nothing is. */
  readonly fault: string | null;
}

const statuses: readonly (number | null)[] = [0, 1, 2, 3, 77, 130, 143];

const shortened = (text: string): string => JSON.stringify(text.slice(0, 2000));

/** What is wrong with an answer; null if nothing is. */
export function faultIn({ status, stdout, stderr, wrote }: ProgramOutput): string | null {
  if (!statuses.includes(status)) return `status ${status}: ${shortened(stderr)}`;
  if (/^\s+at .*:\d+:\d+\)?$/m.test(`${stdout}\n${stderr}`)) return `a stack trace: ${shortened(stderr)}`;
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(stderr)) return `control characters: ${shortened(stderr)}`;
  if (status !== 0 && `${stdout}${stderr}` === '' && !wrote) return `status ${status} without a word`;
  if (status === 2 && !/^daemon-conformance: [^\n]+\n$/.test(stderr)) {
    return `misuse is told in one line, not as ${shortened(stderr)}`;
  }
  return null;
}
