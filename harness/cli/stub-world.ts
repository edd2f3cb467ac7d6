/** A world for tests of the verbs: what was written is kept, what is asked for is answered from goldens. */

import type { CheckRequest, InspectRequest } from '../check/request.ts';
import { defineRequirement, defineRunRequirement, pass, type Requirement } from '../judge/requirement.ts';
import { conforming } from '../report/golden/conforming.ts';
import type { Report } from '../report/report.ts';
import type { Io, StopSignal } from './io.ts';
import type { Services } from './services.ts';

export interface StubIo extends Io {
  /** All that was written, in order. */
  readonly written: { stdout: string; stderr: string };
  /** As if this process were sent a signal. */
  readonly send: (signal: StopSignal) => void;
  readonly listeners: () => number;
}

export interface StubIoOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
}

export function stubIo({ cwd, env = { PATH: '/bin:/usr/bin' }, isTTY = false }: StubIoOptions): StubIo {
  const written = { stdout: '', stderr: '' };
  const listeners = new Set<(signal: StopSignal) => void>();
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY,
    columns: isTTY ? 100 : null,
    write: async (text: string) => {
      written[name] += text;
    },
  });
  return {
    stdout: output('stdout'),
    stderr: output('stderr'),
    env,
    cwd,
    written,
    send: (signal) => {
      for (const listener of listeners) listener(signal);
    },
    listeners: () => listeners.size,
    onStopSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const stubRequirements: readonly Requirement[] = [
  defineRequirement({
    id: 'session-leader',
    area: 'session',
    title: 'The daemon is not a session leader',
    failureTitle: 'The daemon is still a session leader',
    why: 'A session leader may acquire a controlling terminal.',
    remedy: 'Call fork(2) once more.',
    sources: [{ work: 'daemon(7)', at: 'SysV Daemons, step 7' }],
    levels: { sysv: 'must', apue: 'should', supervised: 'may' },
    needs: ['session'],
    check: () => pass,
  }),
  defineRunRequirement({
    id: 'starter-return',
    area: 'process',
    title: 'The starter returns',
    failureTitle: 'The starter does not return',
    why: 'Whoever starts a daemon waits for it.',
    remedy: 'Call fork(2).',
    sources: [{ work: 'daemon(7)', at: 'SysV Daemons, step 15' }],
    levels: { sysv: 'must' },
    starts: ['clean', 'hostile'],
    check: () => pass,
  }),
];

export interface StubServices extends Services {
  readonly orders: readonly CheckRequest[];
  readonly inspections: readonly InspectRequest[];
}

export interface Answers {
  readonly check?: (order: CheckRequest) => Promise<Report>;
  readonly findProcesses?: Services['findProcesses'];
  readonly inspect?: (request: InspectRequest) => Promise<Report>;
}

export function stubServices({ check, inspect, findProcesses = async () => [] }: Answers = {}): StubServices {
  const orders: CheckRequest[] = [];
  const inspections: InspectRequest[] = [];
  return {
    orders,
    inspections,
    check: async (order) => {
      orders.push(order);
      return check === undefined ? conforming : check(order);
    },
    inspect: async (request) => {
      inspections.push(request);
      return inspect === undefined ? conforming : inspect(request);
    },
    findProcesses,
    scratchDirectory: () => Promise.reject(new Error('this world has no room')),
    batch: async () => {
      throw new Error('this world has no batch');
    },
    requirements: async () => stubRequirements,
    editFor: async (requirement, language) =>
      requirement !== 'session-leader'
        ? null
        : {
            change: 'Fork once more.',
            top: [`use ${language}`],
            code: ['fork()\n  exit', 'tell()'],
            sources: [{ work: 'A book', at: 'on forks' }],
          },
    promisesBehind: async () => [{ id: 'setsid/ids', title: 'setsid() makes a leader' }],
    diagnose: () => Promise.reject(new Error('no doctor in this world')),
    suite: () => Promise.reject(new Error('no suite in this world')),
    planSuite: () => Promise.reject(new Error('no suite in this world')),
    recordSuite: () => Promise.reject(new Error('no suite in this world')),
    version: () => '1.2.3',
  };
}
