import { must } from '../../../harness/libc/library.ts';
import {
  PR_GET_PDEATHSIG,
  PR_SET_PDEATHSIG,
  prctl,
  prctlRead,
} from '../../../harness/libc/linux/sys-prctl.ts';
import { promise } from '../run/promise.ts';
import { allOf, unsupported } from '../run/seen.ts';
import { inChild } from '../scenery/child.ts';
import { numberOf } from '../scenery/signals.ts';

promise(
  'The parent-death signal is cleared in the child',
  {
    id: 'fork/parent-death-signal',
    clause: 'PR_SET_PDEATHSIG(2const)',
    rows: ['K-FORK-8'],
    expect: { linux: 'cleared' },
  },
  () => {
    const set = prctl(PR_SET_PDEATHSIG, numberOf('SIGTERM'));
    if (set.errno === 'ENOSYS') return unsupported('no prctl() here');
    must('prctl', set);
    const child = inChild(() => prctlRead(PR_GET_PDEATHSIG));
    return allOf(child === 0 ? 'cleared' : 'inherited', `PR_GET_PDEATHSIG in the child: ${child}`, {
      'the parent keeps it': prctlRead(PR_GET_PDEATHSIG) === numberOf('SIGTERM'),
    });
  },
);
