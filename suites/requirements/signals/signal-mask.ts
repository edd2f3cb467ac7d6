import type { SignalSets, ThreadFacts } from '../../../harness/facts/process.ts';
import { defineDifferentialRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

interface Masks {
  readonly signals: SignalSets;
  readonly threadFacts: readonly ThreadFacts[];
}

/** What any thread blocks. */
function blockedAnywhere({ signals, threadFacts }: Masks): ReadonlySet<string> {
  return new Set([...signals.blocked, ...threadFacts.flatMap(({ blocked }) => blocked)]);
}

/** The thread that blocks it, if it is not the main one. */
function where(signal: string, { signals, threadFacts }: Masks): string {
  const thread = threadFacts.find(({ blocked }) => blocked.includes(signal));
  return signals.blocked.includes(signal) || thread === undefined
    ? signal
    : `${signal} in thread ${thread.tid}`;
}

export const signalMask = defineDifferentialRequirement({
  id: 'signal-mask',
  area: 'signals',
  title: 'The daemon blocks no signal because its starter did',
  failureTitle: 'The daemon still blocks signals that were blocked when it was started',
  why: 'The signal mask survives fork and exec. A daemon that inherits a blocked SIGTERM cannot be stopped but by SIGKILL, and hands the mask on to everything it starts.',
  remedy: 'Empty the mask with sigprocmask(2) and SIG_SETMASK first of all, before any thread is created.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 3' },
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'should',
    pep3143: 'should',
    classic: 'should',
    supervised: 'should',
  },
  restsOn: ['blocked-signals'],
  of: 'every-survivor',
  needs: ['signals', 'threadFacts'],
  shownIn: ['SigBlk'],
  check: (hostile, clean) => {
    const own = new Set(clean.flatMap((each) => [...blockedAnywhere(each)]));
    const inherited = [...blockedAnywhere(hostile)].filter((signal) => !own.has(signal));
    return inherited.length === 0
      ? pass
      : fail({
          expected: 'the signal mask is the same as after the clean start',
          actual: `blocks ${inherited.map((signal) => where(signal, hostile)).join(', ')}`,
        });
  },
});
