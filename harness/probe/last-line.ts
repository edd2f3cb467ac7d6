import type { StageEvent } from '../launch/protocol.ts';

/** What the launch has written so far, the last line that is not empty. */
export function lastLine(events: readonly StageEvent[]): string {
  const pieces = events.flatMap((event) =>
    event.type === 'output' && event.stream !== 'planted-pipe' ? [Buffer.from(event.base64, 'base64')] : [],
  );
  const lines = Buffer.concat(pieces)
    .toString('utf8')
    .trim()
    .split(/[\r\n]+/);
  return lines.at(-1)?.slice(0, 200) ?? '';
}
