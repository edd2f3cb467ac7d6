/** `daemon-conformance list [--profile NAME]`: the catalogue, a line per requirement. */

import type { Level } from '../facts/result.ts';
import { type ProfileName, profileNames } from '../judge/profile.ts';
import type { Requirement } from '../judge/requirement.ts';
import type { Invocation } from '../options/arguments.ts';
import { choose } from '../options/choice.ts';
import { cut } from '../report/fit.ts';
import { coloured, type Paint, uncoloured } from '../report/paint.ts';
import { complain } from './complaint.ts';
import { usageErrorStatus } from './exit-status.ts';
import type { Io } from './io.ts';
import { openOutputs } from './outputs.ts';
import type { Services } from './services.ts';
import { readColor, viewOf } from './view.ts';

interface ListView {
  readonly profile: ProfileName | null;
  readonly paint: Paint;
  /** null: no line is cut. */
  readonly width: number | null;
}

const formats: Readonly<Record<string, (requirements: readonly Requirement[], view: ListView) => string>> = {
  pretty: renderList,
  json: renderListJson,
};

export async function list({ given, operands }: Invocation, io: Io, services: Services): Promise<number> {
  const usageFailed = async (line: string): Promise<number> => {
    await complain(io, line);
    return usageErrorStatus;
  };
  const [word] = operands;
  if (word !== undefined)
    return usageFailed(`list takes no word, and '${word}' is one; explain ${word} tells of one requirement`);
  const named = given.profile?.at(-1);
  const profile =
    named === undefined ? null : choose(named, profileNames, { of: '--profile', noun: 'profile' });
  if (profile?.kind === 'usage-error') return usageFailed(profile.line);
  const color = readColor(given);
  if (color.kind === 'usage-error') return usageFailed(color.line);
  const outputs = openOutputs(given.format ?? [], Object.keys(formats), io);
  if (outputs.kind === 'usage-error') return usageFailed(outputs.line);

  const requirements = await services.requirements();
  for (const { format, destination } of outputs.value) {
    const view = viewOf(destination.terminal, color.value, given, io.env);
    const text = formats[format]?.(requirements, {
      profile: profile?.value ?? null,
      paint: view.color ? coloured : uncoloured,
      width: destination.terminal?.columns ?? null,
    });
    await destination.write(text ?? '');
  }
  return 0;
}

/** Two letters per profile, so that the titles still stand on the line. */
const codes: Readonly<Record<ProfileName, string>> = {
  sysv: 'sy',
  'daemon3-bsd': 'b3',
  'daemon3-glibc': 'g3',
  apue: 'ap',
  pep3143: 'pe',
  classic: 'cl',
  supervised: 'su',
};

const letters: Readonly<Record<Level, string>> = { must: 'M', should: 'S', may: 'o' };

export function renderList(
  requirements: readonly Requirement[],
  { profile, paint, width }: ListView,
): string {
  const idWidth = Math.max(2, ...requirements.map(({ id }) => id.length));
  const head = `${'id'.padEnd(idWidth)}  ${profile === null ? Object.values(codes).join(' ') : profile.padEnd(6)}  title`;
  const column = ({ levels }: Requirement): string => {
    if (profile !== null) return (levels[profile] ?? '-').padEnd(Math.max(6, profile.length));
    return profileNames
      .map((name) => (levels[name] === undefined ? '-' : letters[levels[name]]).padEnd(2))
      .join(' ');
  };
  const lines = requirements.map((requirement) => {
    const line = `${requirement.id.padEnd(idWidth)}  ${column(requirement)}  ${requirement.title}`;
    return width === null ? line : cut(line, width);
  });
  return `${[paint.faint(head), ...lines, ...(profile === null ? legend(paint) : [])].join('\n')}\n`;
}

function legend(paint: Paint): string[] {
  const names = profileNames.map((name) => `${codes[name]} ${name}`).join(', ');
  return ['', paint.faint('M must, S should, o may, - not asked for'), paint.faint(names)];
}

export function renderListJson(
  requirements: readonly Requirement[],
  { profile }: Pick<ListView, 'profile'>,
): string {
  const rows = requirements.map(({ id, title, levels, starts, sources }) => ({
    id,
    title,
    ...(profile === null ? { levels } : { level: levels[profile] ?? null }),
    starts: starts ?? null,
    sources,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}
