/** <time.h> */

/**
 * CLOCK_MONOTONIC in milliseconds, clock_gettime(2): the same clock in every process. Node's `performance` has another
 * zero, and a dozen modules with it.
 */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;
