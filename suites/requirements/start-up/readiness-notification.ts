import type { ServiceManagerMessage } from '../../../harness/facts/finding.ts';
import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { says, whySilent, wordsOf } from '../notification.ts';

/** Where the program names another process as the main one. */
function mainIn(told: readonly ServiceManagerMessage[]): number | null {
  const named = told.flatMap(({ state }) => state).findLast((line) => line.startsWith('MAINPID='));
  return named === undefined ? null : Number(named.slice('MAINPID='.length));
}

export const readinessNotification = defineProbeRequirement({
  id: 'readiness-notification',
  area: 'start-up',
  title: 'The main process tells the service manager that it is ready, once it is',
  failureTitle: 'The service manager is not told, by the main process, when the program is ready',
  why: 'Whatever is ordered after the service starts at that word. Without it the start times out; from another process it is dropped, and too early it is wrong.',
  remedy:
    'Send READY=1 to NOTIFY_SOCKET from the main process as the last step of its start, as sd_notify(3) does.',
  sources: [
    { work: 'sd_notify(3)', at: 'READY=1, MAINPID=' },
    { work: 'systemd.service(5)', at: 'Type=notify, NotifyAccess=main' },
    { work: 'daemon(7)', at: 'New-Style Daemons, recommendation 8' },
  ],
  levels: { supervised: 'must' },
  probe: 'notification',
  check: (found) => {
    const silent = whySilent(found);
    if (silent !== null) return silent;
    const { start, daemon, inside = daemon, usable } = found;
    const ready = start.find((each) => says(each, 'READY=1'));
    const main = mainIn(start) ?? inside;
    const expected = `READY=1 from process ${daemon}`;
    if (ready === undefined) return fail({ expected, actual: wordsOf(start) });
    if (main !== inside) return fail({ expected: `MAINPID=${inside}`, actual: `MAINPID=${main}` });
    if (ready.from !== null && ready.from !== daemon) {
      return fail({ expected, actual: `it came from process ${ready.from}` });
    }
    return usable === false
      ? fail({ expected: 'the declared command succeeds from READY=1 on', actual: 'it failed' })
      : pass;
  },
});
