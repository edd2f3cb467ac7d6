/** At most so many at a time, in the order in which they asked. */

export type TakeTurn = <T>(body: () => Promise<T>) => Promise<T>;

export function startTurns(atOnce: number): TakeTurn {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (body) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await body();
    } finally {
      // The turn goes to the next in line, or is given back.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
