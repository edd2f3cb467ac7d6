import { defineProbeRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { heldBy } from '../held-by.ts';
export const outputAfterHangup = defineProbeRequirement({
  id: 'output-after-hangup',
  area: 'terminal',
  title: 'Output that leads nowhere does not end the daemon',
  failureTitle: 'The daemon ends when its output leads nowhere any more',
  why: 'A write to a terminal that has hung up fails with EIO, one to a pipe that nobody reads sends SIGPIPE: a daemon that still has them ends with its next message.',
  remedy: 'Put the null device on 0, 1 and 2, and ignore SIGPIPE where EPIPE is handled.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH write(), ERRORS [EIO] and [EPIPE]' },
    { work: 'POSIX.1-2024', at: 'XBD 11.1.10 Modem Disconnect' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'must',
  },
  failsWith: [{ id: 'captured-output', because: 'what it writes to is what it still holds' }],
  probe: 'output-after-hangup',
  check: ({ outputs }) => {
    const ended = outputs.find(({ ending }) => ending !== null);
    if (ended !== undefined) {
      return fail({
        expected: 'the daemon is still there',
        actual: `${ended.ending} after its ${ended.output} was gone`,
        evidence: ended.holders.map(heldBy),
      });
    }
    const silent = outputs.find(({ holders, wrote }) => holders.length > 0 && wrote !== true);
    return silent === undefined
      ? pass
      : inapplicable(
          `it still has its ${silent.output} open and wrote nothing meanwhile; with --reload it is made to`,
        );
  },
});
