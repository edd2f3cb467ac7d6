/** Files and process IDs of a launch as the harness finds them, where it may have a world of its own. */

import type { ProcessFacts } from '../facts/process.ts';
import { pidInsideOf, placeInside } from '../isolation/inside.ts';
import { observer } from '../observe/system.ts';
import { type Event, is } from './events.ts';
import type { Launch } from './launcher-client.ts';

export const isStageNews = is('stage', 'lost');

function isolatedStageOf(launch: Pick<Launch, 'events'> | null): Event<'stage'> | null {
  const news = launch?.events.find(isStageNews);
  return news?.type === 'stage' && news.isolated ? news : null;
}

/** Which process of a launch it is that its program names by the ID it knows; null for none of them. */
export function namedInside(launch: Launch, named: number): number | null {
  const stage = isolatedStageOf(launch);
  if (stage === null) return named;
  return (
    observer()
      .descendantsOf(stage.pid)
      .find((pid) => pidInsideOf(pid) === named) ?? null
  );
}

/** Where the harness finds a file of the program's; the path itself where the launch is in no other world. */
export function placeOf(launch: Pick<Launch, 'events'> | null, path: string): string {
  const stage = isolatedStageOf(launch);
  return stage === null ? path : placeInside(stage.pid, path);
}

/** The ID by which a process is known to the programs of that world. */
export function ownPid(launch: Launch | null, { pid }: Pick<ProcessFacts, 'pid'>): number {
  return isolatedStageOf(launch) === null ? pid : pidInsideOf(pid);
}
