/** At most so many at a time, in the order in which they asked. */

export interface Turns {
  take<T>(body: () => Promise<T>): Promise<T>;
  /** How many were asked for so far. */
  asked(): number;
}

export function startTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  let asked = 0;
  const take: Turns['take'] = async (body) => {
    asked++;
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    // Whoever asks in the same turn of the event loop has asked when the first begins.
    await null;
    try {
      return await body();
    } finally {
      // The turn goes to the next in line, or is given back.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
  return { take, asked: () => asked };
}
