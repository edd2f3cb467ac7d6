import { defineProbeRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { whySilent } from '../notification.ts';

/** It is asked for at half of the time granted; a machine that is busy delays it. */
const tolerableShare = 0.75;

export const watchdog = defineProbeRequirement({
  id: 'watchdog',
  area: 'process',
  title: 'The watchdog is fed in half of the time it grants',
  failureTitle: 'The watchdog is fed too late',
  why: 'A service that is silent for as long as the watchdog grants is taken for dead and killed; who feeds it in the last moment is killed under load.',
  remedy: 'Send WATCHDOG=1 every WATCHDOG_USEC / 2 microseconds, as sd_watchdog_enabled(3) says.',
  sources: [
    { work: 'sd_watchdog_enabled(3)', at: 'DESCRIPTION' },
    { work: 'sd_notify(3)', at: 'WATCHDOG=1' },
  ],
  levels: { supervised: 'may' },
  probe: 'notification',
  check: (found) => {
    const silent = whySilent(found);
    if (silent !== null) return silent;
    const { watchdogMs, longestSilenceMs } = found;
    if (longestSilenceMs === null) return inapplicable('it does not feed a watchdog');
    return longestSilenceMs <= tolerableShare * watchdogMs
      ? pass
      : fail({
          expected: `WATCHDOG=1 every ${watchdogMs / 2} ms with WATCHDOG_USEC=${watchdogMs * 1000}`,
          actual: `none for ${longestSilenceMs.toFixed(0)} ms`,
        });
  },
});
