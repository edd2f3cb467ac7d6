import { O_WRONLY, open } from '../../libc/fcntl.ts';
import { platform } from '../../libc/platform.ts';
import { close, write } from '../../libc/unistd.ts';
import { compare, type Dimension } from './dimension.ts';

export const oomScoreAdjustment: Dimension = {
  apply({ start }) {
    if (start.oomScoreAdjustment === null) return;
    const file = open('/proc/self/oom_score_adj', O_WRONLY | platform.O_CLOEXEC);
    if (file.errno !== null) return;
    write(file.value, Buffer.from(String(start.oomScoreAdjustment)));
    close(file.value);
  },
  needsFork: (start) => start.oomScoreAdjustment !== null,
  show: ({ facts, start }) =>
    start.oomScoreAdjustment === null ? null : compare(facts.oomScoreAdjustment, start.oomScoreAdjustment),
};
