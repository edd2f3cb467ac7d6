import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { says, whySilent, wordsOf } from '../notification.ts';

export const stopNotification = defineProbeRequirement({
  id: 'stop-notification',
  area: 'stopping',
  title: 'The program tells the service manager that it stops, and that it reloads',
  failureTitle: 'The service manager is not told that the program stops or reloads',
  why: 'Until that word the service counts as running: requests still go to it, and the next reload is sent into the one under way.',
  remedy:
    'Send STOPPING=1 when SIGTERM has come; send RELOADING=1 with MONOTONIC_USEC= when a reload begins, and READY=1 when it is done.',
  sources: [
    { work: 'sd_notify(3)', at: 'STOPPING=1, RELOADING=1, MONOTONIC_USEC=' },
    { work: 'systemd.service(5)', at: 'Type=notify-reload' },
  ],
  levels: { supervised: 'may' },
  probe: 'notification',
  check: (found) => {
    const silent = whySilent(found);
    if (silent !== null) return silent;
    const { reload, stop } = found;
    if (reload !== null) {
      const begun = reload.find((each) => says(each, 'RELOADING=1'));
      if (!begun?.state.some((line) => /^MONOTONIC_USEC=\d+$/.test(line))) {
        return fail({
          expected: 'RELOADING=1 and MONOTONIC_USEC= after SIGHUP',
          actual: wordsOf(reload),
        });
      }
    }
    return stop.some((each) => says(each, 'STOPPING=1'))
      ? pass
      : fail({ expected: 'STOPPING=1 after SIGTERM', actual: wordsOf(stop) });
  },
});
