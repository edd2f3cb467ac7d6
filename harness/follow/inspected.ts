/** A process that already runs, as a run: its facts and those of its descendants, and nothing of a launch. */

import { noSurroundings, type ProcessFacts } from '../facts/process.ts';
import type { ObservedProcess, Run } from '../facts/run.ts';
import { requireFitMachine } from '../observe/fit-machine.ts';
import { observer } from '../observe/system.ts';

function observe(pid: number): ProcessFacts | null {
  // One that never rests is read as it is: there is nothing to wait for.
  for (let attempt = 0; ; attempt++) {
    const seen = observer().observeProcess(pid, noSurroundings);
    if ('gone' in seen) return null;
    if (seen.whole || attempt === 20) return seen.facts;
  }
}

/** @returns null if there is no such process. @throws UnfitMachine */
export function inspectedRun(pid: number): Run | null {
  requireFitMachine();
  const main = observe(pid);
  if (main === null) return null;
  const workers = observer()
    .descendantsOf(pid)
    .map(observe)
    .filter((facts): facts is ProcessFacts => facts !== null);
  const processes: ObservedProcess[] = [
    { role: 'daemon', ...main },
    ...workers.map((facts): ObservedProcess => ({ role: 'worker', ...facts })),
  ];
  return {
    start: 'clean',
    established: {},
    // Nobody knows how it was launched; what rests on the launch is inapplicable to an inspected process.
    launch: {
      session: -1,
      processGroup: -1,
      terminal: null,
      fileModeCreationMask: 0,
      workingDirectory: '',
      rootDirectory: '/',
      userId: -1,
      groupId: -1,
      supplementaryGroups: [],
      nullDevice: '1:3',
      planted: {},
      captured: {},
      nice: 0,
      oomScoreAdjustment: 0,
      softDescriptorLimit: 'unlimited',
    },
    starter: { pid: -1, exitCode: null, signal: null, returnedAfterMs: 0, output: '' },
    daemon: pid,
    processes,
    atReturn: null,
    later: null,
    settling: { by: 'stood', afterMs: 0, stoodMs: 250, moving: [], snapshots: 1 },
    timeline: [],
    isolation: { processIds: false, files: false, network: false, ipc: false },
    sigchldDecides: null,
    leftBehind: [],
  };
}
