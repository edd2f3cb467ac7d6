import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as event from './kevent.ts';
import * as reaper from './reaper-procctl.ts';

interface MeasuredLayout {
  readonly constants: Readonly<Record<string, number>>;
  readonly structs: Readonly<
    Record<
      string,
      { readonly size: number; readonly fields: readonly { name: string; offset: number; size: number }[] }
    >
  >;
}

/** As a compiler took them from the systems' own headers. */
const headers = JSON.parse(
  readFileSync(join(__dirname, '../../observe/bsd/captured/layouts.json'), 'utf8'),
) as Readonly<Record<string, MeasuredLayout>>;

describe.each([
  ['freebsd', 'freebsd14_amd64'],
  ['openbsd', 'openbsd73_amd64'],
  ['netbsd', 'netbsd10_amd64'],
] as const)('struct kevent of %s', (name, measured) => {
  const system = event.keventOn[name];
  const { constants, structs } = headers[measured] ?? { constants: {}, structs: {} };

  test('has its fields where the header has them', () => {
    const struct = structs['struct kevent'];
    expect(system.bytes).toBe(struct?.size);
    for (const [field, place] of Object.entries(system.fields)) {
      const found = struct?.fields.find((one) => one.name === field);
      expect([field, ...place]).toEqual([field, found?.offset, found?.size]);
    }
  });

  test('and the numbers of the header, EVFILT_SIGNAL apart, which was not taken', () => {
    const {
      EV_ADD,
      EV_CLEAR,
      EV_ERROR,
      NOTE_EXIT,
      NOTE_FORK,
      NOTE_EXEC,
      NOTE_TRACK,
      NOTE_TRACKERR,
      NOTE_CHILD,
    } = event;
    const own = {
      EV_ADD,
      EV_CLEAR,
      EV_ERROR,
      NOTE_EXIT,
      NOTE_FORK,
      NOTE_EXEC,
      NOTE_TRACK,
      NOTE_TRACKERR,
      NOTE_CHILD,
    };
    for (const [constant, value] of Object.entries({ ...own, EVFILT_PROC: system.EVFILT_PROC })) {
      expect([constant, value]).toEqual([constant, constants[constant]]);
    }
  });

  test('is read as it was written', () => {
    const events = [
      { ident: 36435, filter: system.EVFILT_PROC, flags: 0x8025, fflags: 0xc0000004, data: 0 },
      { ident: 2 ** 40, filter: system.EVFILT_SIGNAL, flags: 0x21, fflags: 0, data: 0 },
    ];
    const bytes = event.encodeKevents(system, events);
    expect(bytes.length).toBe(2 * system.bytes);
    expect(event.decodeKevents(system, bytes, 2)).toEqual(events);
    expect(event.decodeKevents(system, bytes, 0)).toEqual([]);
  });
});

describe('procctl(2) of FreeBSD', () => {
  const { structs, constants } = headers.freebsd14_amd64 ?? { structs: {}, constants: {} };
  const at = (struct: string, name: string) =>
    structs[struct]?.fields.find((one) => one.name === name)?.offset;

  test('has its structures and numbers from the header', () => {
    expect(reaper.reaperStatus).toEqual({
      bytes: structs['struct procctl_reaper_status']?.size,
      descendantsAt: at('struct procctl_reaper_status', 'rs_descendants'),
    });
    expect(reaper.reaperPids).toEqual({
      bytes: structs['struct procctl_reaper_pids']?.size,
      countAt: at('struct procctl_reaper_pids', 'rp_count'),
      pidsAt: at('struct procctl_reaper_pids', 'rp_pids'),
    });
    expect(reaper.reaperPidinfo).toEqual({
      bytes: structs['struct procctl_reaper_pidinfo']?.size,
      pidAt: at('struct procctl_reaper_pidinfo', 'pi_pid'),
      subtreeAt: at('struct procctl_reaper_pidinfo', 'pi_subtree'),
      flagsAt: at('struct procctl_reaper_pidinfo', 'pi_flags'),
    });
    const { PROC_REAP_ACQUIRE, PROC_REAP_STATUS, PROC_REAP_GETPIDS } = reaper;
    const { REAPER_PIDINFO_VALID, REAPER_PIDINFO_CHILD } = reaper;
    const own = {
      PROC_REAP_ACQUIRE,
      PROC_REAP_STATUS,
      PROC_REAP_GETPIDS,
      REAPER_PIDINFO_VALID,
      REAPER_PIDINFO_CHILD,
    };
    for (const [name, value] of Object.entries(own)) expect([name, value]).toEqual([name, constants[name]]);
  });

  test('lists what is below up to the first record that was not filled', () => {
    const records = Buffer.alloc(3 * reaper.reaperPidinfo.bytes);
    records.writeInt32LE(402, 0);
    records.writeInt32LE(402, 4);
    records.writeUInt32LE(3, 8);
    records.writeInt32LE(403, 72);
    records.writeInt32LE(402, 76);
    records.writeUInt32LE(1, 80);
    records.writeInt32LE(404, 144);
    expect(reaper.decodePidinfo(records)).toEqual([
      { pid: 402, subtree: 402, isChild: true },
      { pid: 403, subtree: 402, isChild: false },
    ]);
  });
});
