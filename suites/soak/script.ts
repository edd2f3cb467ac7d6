/** What scripts share that are run by hand: numbers as arguments, lines as output, an exit status. */

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** The argument at that place, a number that is not negative. @throws RangeError */
export function numberAt(place: number, what: string, otherwise: number): number {
  const text = process.argv[place + 2];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${what}: ${text} is no number`);
  return value;
}

export const secondsSince = (beganMs: number): string => ((performance.now() - beganMs) / 1000).toFixed(1);

/** It cannot be tried here, and the message says what to do. */
export class NotHere extends Error {}

/** A wrong argument or place is told in one line, everything else that was thrown with its stack. */
function told(error: unknown): string {
  if (error instanceof RangeError || error instanceof NotHere) return error.message;
  return error instanceof Error ? `${error.stack}` : String(error);
}

/** Exit status 0 where nothing was wrong, 1 where something was, 3 where it could not be tried. */
export function run(main: () => Promise<boolean>): void {
  main().then(
    (right) => {
      process.exitCode = right ? 0 : 1;
    },
    (error: unknown) => {
      process.stderr.write(`${told(error)}\n`);
      process.exitCode = 3;
    },
  );
}
