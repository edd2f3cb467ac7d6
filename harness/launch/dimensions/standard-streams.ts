import { isUnreadable } from '../../facts/process.ts';
import type { StartState } from '../../facts/start-state.ts';
import { must } from '../../libc/library.ts';
import { platform } from '../../libc/platform.ts';
import { AF_UNIX, SOCK_STREAM, socketpair } from '../../libc/sys-socket.ts';
import { pipe2 } from '../../libc/unistd.ts';
import type { Placement } from '../place-descriptors.ts';
import type { OutputStream } from '../protocol.ts';
import { compare, type Dimension, type Look } from './dimension.ts';
import type { Terminal } from './terminal.ts';

export interface OpenedStreams {
  readonly streams: Placement['standardStreams'];
  /** What the program writes into, by the descriptor it can be read from. */
  readonly outputs: ReadonlyMap<number, OutputStream>;
  /** The program's ends of what captures its output. */
  readonly ends: readonly { readonly stream: OutputStream; readonly fd: number }[];
  readonly opened: readonly number[];
}

/** @throws SystemCallError naming the call that failed */
export function pipe(): { readonly read: number; readonly write: number } {
  const ends = pipe2(platform.O_CLOEXEC);
  must('pipe2', ends);
  return ends;
}

/**
 * @param nothing a descriptor of /dev/null
 * @throws SystemCallError naming the call that failed
 */
export function openStreams(start: StartState, terminal: Terminal | null, nothing: number): OpenedStreams {
  const plain = (streams: OpenedStreams['streams']): OpenedStreams => ({
    streams,
    outputs: new Map(),
    ends: [],
    opened: [],
  });
  switch (start.standardStreams) {
    case 'terminal': {
      const slave = terminal?.slave ?? nothing;
      return plain([slave, slave, slave]);
    }
    case 'captured': {
      const [out, err] = [pipe(), pipe()];
      return {
        streams: [nothing, out.write, err.write],
        outputs: new Map([
          [out.read, 'stdout'],
          [err.read, 'stderr'],
        ]),
        ends: [
          { stream: 'stdout', fd: out.write },
          { stream: 'stderr', fd: err.write },
        ],
        opened: [out.read, out.write, err.read, err.write],
      };
    }
    case 'socket': {
      // systemd.exec(5), StandardError=inherit: both are the same connection.
      const { pair, ...made } = socketpair(AF_UNIX, SOCK_STREAM);
      must('socketpair', made);
      const [read, write] = pair;
      return {
        streams: [nothing, write, write],
        outputs: new Map([[read, 'stdout']]),
        ends: [
          { stream: 'stdout', fd: write },
          { stream: 'stderr', fd: write },
        ],
        opened: [read, write],
      };
    }
    case 'null':
      return plain([nothing, nothing, nothing]);
    case 'closed':
      return plain(null);
  }
}

/** How descriptors 0, 1 and 2 look, one word each. */
function streamsSeen({ facts, started }: Look): string | { readonly unreadable: string } {
  if (isUnreadable(facts.descriptors)) return facts.descriptors;
  const { descriptors } = facts;
  return [0, 1, 2]
    .map((number) => {
      const found = descriptors.find(({ fd }) => fd === number);
      if (found === undefined) return 'closed';
      return found.kind === 'terminal' && found.device === started.terminal?.device ? 'terminal' : found.kind;
    })
    .join(' ');
}

const streamsWanted: Readonly<Record<StartState['standardStreams'], string>> = {
  terminal: 'terminal terminal terminal',
  captured: 'null-device pipe pipe',
  socket: 'null-device socket socket',
  null: 'null-device null-device null-device',
  closed: 'closed closed closed',
};

/** Put into their places with all descriptors, no-other-descriptors.ts. */
export const standardStreams: Dimension = {
  show: (look) => compare(streamsSeen(look), streamsWanted[look.start.standardStreams]),
};
