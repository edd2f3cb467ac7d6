import type { FileReading } from '../../../harness/facts/file.ts';
import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { endingOf, leftOf } from '../started.ts';

function changeOf(before: FileReading, after: FileReading): string | null {
  if ('absent' in before) return null;
  if ('absent' in after) return 'the pidfile is gone';
  if (before.identity !== after.identity) return 'the pidfile is another one';
  return before.text === after.text ? null : `the pidfile holds ${JSON.stringify(after.text)}`;
}

export const secondStart = defineProbeRequirement({
  id: 'second-start',
  area: 'start-up',
  title: 'A second start is refused, and the daemon and its pidfile stay as they were',
  failureTitle: 'A second start is not refused, or harms the daemon that runs',
  why: 'Two daemons of one kind work against each other, and one without its pidfile can no longer be stopped.',
  remedy:
    'Lock the pidfile before anything is written to it, and end with a message and a status other than 0 where it is locked.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 12' },
    { work: 'APUE', at: '13.5 Single-Instance Daemons' },
    { work: 'pidfile(3)', at: 'pidfile_open(), EEXIST' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'must',
    pep3143: 'must',
  },
  failsWith: [
    {
      id: 'concurrent-start',
      because: 'starts that are not refused one after the other are not at once either',
    },
  ],
  probe: 'second-start',
  check: ({ path, first, firstIsThere, second, before, after }) => {
    const change = changeOf(before, after);
    const silent = second.ending !== 'exit status 0' && second.said === '';
    const wrong = [
      ...(firstIsThere ? [] : [`the daemon of the first start, process ${first}, is gone`]),
      ...(second.left.length > 0 ? [`there is another daemon: ${leftOf(second)}`] : []),
      ...(change === null ? [] : [change]),
      ...(second.ending === null ? ['the starter does not return'] : []),
      ...(silent && second.ending !== null ? [`${second.ending} without a word`] : []),
    ];
    if (wrong.length === 0) return pass;
    return fail({
      expected: 'a message and a status other than 0, and nothing else',
      actual: wrong.join('; '),
      evidence: [`the second start: ${endingOf(second)}`, `cat ${path}`],
    });
  },
});
