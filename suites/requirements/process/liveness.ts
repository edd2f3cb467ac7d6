import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

/** Of the time of one processor. */
const mostOfOne = 0.5;
/** Where other programs take the processor, who spins is known by never waiting for anything but it. */
const allOfIt = 0.9;

export const liveness = defineProbeRequirement({
  id: 'liveness',
  area: 'process',
  title: 'The daemon waits for work and does not use up a processor',
  failureTitle: 'The daemon does not wait for work',
  why: 'Threads and event queues do not outlive a fork: a daemon without them is there, and does nothing or turns in circles.',
  remedy: 'Create threads, kqueue(2) and epoll(7) descriptors and event loops after the last fork.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH fork(), DESCRIPTION' },
    { work: 'kqueue(2)', at: 'DESCRIPTION' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'should',
    classic: 'should',
    supervised: 'should',
  },
  probe: 'liveness',
  check: ({ pid, watchedMs, cpuMs, runnableMs, alive, threads, evidence }) => {
    const expected = 'it is there, and asleep most of the time while nobody asks anything of it';
    if (!alive) return fail({ expected, actual: `process ${pid} is gone`, evidence });
    if (threads === 0) return fail({ expected, actual: `process ${pid} has no threads`, evidence });
    const spins = watchedMs > 0 && runnableMs >= watchedMs * allOfIt;
    if (cpuMs <= watchedMs * mostOfOne && !spins) return pass;
    const used = `${cpuMs} ms of processor time in ${watchedMs.toFixed(0)} ms`;
    return fail({ expected, actual: spins ? `${used}, and it waited for nothing` : used, evidence });
  },
});
