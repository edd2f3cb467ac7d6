/**
 * The text of `strace -f -ttt -y -o FILE`: a line a call, `PID SECONDS NAME(ARGUMENTS) = RESULT`. A call during which
 * another process was heard of is written in two parts, `NAME(... <unfinished ...>` and `<... NAME resumed>...`.
 *
 * strace(1) escapes what is inside of quotes, so a file may be called anything. What stands in quotes, brackets or
 * the angle brackets behind a descriptor is part of one argument, whatever it looks like.
 */

interface TraceMoment {
  /** Process or thread. */
  readonly pid: number;
  /** Milliseconds of the tracer's clock. */
  readonly atMs: number;
}

export interface TracedCall extends TraceMoment {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly string[];
  /** As written, `5021` or `3</dev/null>`; null where it failed, does not return or had not returned. */
  readonly result: string | null;
  readonly errno: string | null;
}

export interface TracedSignal extends TraceMoment {
  readonly kind: 'signal';
  readonly signal: string;
}

/** A process or a thread has ended. */
export interface TracedEnd extends TraceMoment {
  readonly kind: 'ended';
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export type TraceEvent = TracedCall | TracedSignal | TracedEnd;

/** The second: a thread executes another program, and goes on under the number of its process. */
const unfinished = / ?<(?:unfinished|pid changed to (\d+)) \.\.\.>$/;

/** Events in the order in which they began. Lines that are none of these, as a broken last one, are passed over. */
export function parseStrace(text: string): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  /** Calls that have begun, by process: the beginning of their text, and their place. */
  const begun = new Map<number, { readonly head: string; readonly place: number }>();
  for (const line of text.split('\n')) {
    const [, id, seconds, rest] = /^(\d+) +(\d+\.\d+) (.*)$/.exec(line) ?? [];
    if (id === undefined || rest === undefined) continue;
    const at: TraceMoment = { pid: Number(id), atMs: Number(seconds) * 1000 };
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    if (resumed !== null) {
      const former = begun.get(at.pid);
      const beginning = former === undefined ? undefined : events[former.place];
      if (former === undefined || beginning === undefined) continue;
      begun.delete(at.pid);
      const call = parseCall(former.head + (resumed[1] ?? ''), beginning);
      if (call !== null) events[former.place] = call;
      continue;
    }
    const cutOff = unfinished.exec(rest);
    if (cutOff !== null) {
      const head = rest.replace(unfinished, '');
      const call = parseCall(head, at);
      if (call === null) continue;
      begun.set(Number(cutOff[1] ?? at.pid), { head, place: events.length });
      events.push(call);
      continue;
    }
    const event = parseEnd(rest, at) ?? parseSignal(rest, at) ?? parseCall(rest, at);
    if (event !== null) events.push(event);
  }
  return events;
}

function parseEnd(rest: string, { pid, atMs }: TraceMoment): TracedEnd | null {
  const [, status] = /^\+\+\+ exited with (\d+) \+\+\+$/.exec(rest) ?? [];
  if (status !== undefined) {
    return { kind: 'ended', pid, atMs, exitCode: Number(status), signal: null };
  }
  const [, signal] = /^\+\+\+ killed by (\w+)(?: \(core dumped\))? \+\+\+$/.exec(rest) ?? [];
  return signal === undefined ? null : { kind: 'ended', pid, atMs, exitCode: null, signal };
}

function parseSignal(rest: string, { pid, atMs }: TraceMoment): TracedSignal | null {
  const [, signal] = /^--- (SIG\w+) \{/.exec(rest) ?? [];
  return signal === undefined ? null : { kind: 'signal', pid, atMs, signal };
}

function parseCall(text: string, { pid, atMs }: TraceMoment): TracedCall | null {
  const [opening, name] = /^(\w+)\(/.exec(text) ?? [];
  if (opening === undefined || name === undefined) return null;
  const { parts, end } = splitArguments(text, opening.length);
  const [, told = ''] = /^\) *= (.*)$/.exec(text.slice(end)) ?? [];
  const [, errno] = /^-1 (E[A-Z0-9]+)\b/.exec(told) ?? [];
  // `?` stands for no result: the process ended, or the call is to be restarted.
  const result = told === '' || told.startsWith('?') || errno !== undefined ? null : withoutRemark(told);
  return { kind: 'call', pid, atMs, name, arguments: parts, result, errno: errno ?? null };
}

/** `0x8000 (flags O_RDONLY)` has a remark behind it; a path in angle brackets belongs to the descriptor. */
function withoutRemark(told: string): string {
  const [, value] = /^(\S+) \(.*\)$/.exec(told) ?? [];
  return told.includes('<') ? told : (value ?? told);
}

/** From behind the opening parenthesis to the closing one, or to the end of a text that was cut off. */
function splitArguments(text: string, from: number): { readonly parts: string[]; readonly end: number } {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = from;
  let at = from;
  const take = (): void => {
    const part = text.slice(start, at).trim();
    if (part !== '') parts.push(part);
    start = at + 1;
  };
  for (; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
      continue;
    }
    if (character === '"') quoted = true;
    else if (character === '<' && isAnnotation(text, at)) at = endOfAnnotation(text, at);
    else if (character === '[' || character === '{' || character === '(') depth++;
    else if (character === ')' && depth === 0) break;
    else if (character === ']' || character === '}' || character === ')') depth--;
    else if (character === ',' && depth === 0) take();
  }
  at = Math.min(at, text.length);
  take();
  return { parts, end: at };
}

/** `3</dev/null>` and `AT_FDCWD</tmp>`, but not `1<<CAP_CHOWN`. */
function isAnnotation(text: string, at: number): boolean {
  return /\w/.test(text[at - 1] ?? '') && text[at + 1] !== '<' && text[at - 1] !== '<';
}

/** strace(1) writes angle brackets in a path as octal numbers; those that stand are of `</dev/null<char 1:3>>`. */
function endOfAnnotation(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '<') depth++;
    // `socket:[1->2]` is an arrow.
    if (text[at] === '>' && text[at - 1] !== '-') depth--;
    if (depth === 0) return at;
  }
  return text.length;
}
