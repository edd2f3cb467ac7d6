import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freebsdSignals } from '../../libc/constants/freebsd.ts';
import { netbsdSignals } from '../../libc/constants/netbsd.ts';
import { openbsdSignals } from '../../libc/constants/openbsd.ts';
import { type Source as FreebsdSource, readers as freebsdReaders } from '../freebsd/decode.ts';
import * as freebsd from '../freebsd/layout.ts';
import * as netbsd from '../netbsd/layout.ts';
import * as openbsd from '../openbsd/layout.ts';
import { freebsdDevice, isTerminalPath, netbsdDevice, openbsdDevice } from './device-number.ts';
import { fieldsOf, type Layout, recordOf, recordsOf, textsOf } from './layout.ts';
import { EPROC_CTTY } from './proc2.ts';
import type { Readers } from './readers.ts';
import { ignoredInSet, namesInSet } from './signal-set.ts';

interface MeasuredLayout {
  readonly size: number;
  readonly fields: readonly { readonly name: string; readonly offset: number; readonly size: number }[];
  readonly nested?: MeasuredLayout['fields'];
}

type System = 'freebsd14_amd64' | 'openbsd73_amd64' | 'netbsd10_amd64';

/** Offsets and constants as a compiler measured them in the systems' own headers. */
const measured = JSON.parse(readFileSync(join(__dirname, 'captured/layouts.json'), 'utf8')) as Record<
  System,
  { readonly structs: Record<string, MeasuredLayout>; readonly constants: Record<string, number> }
>;

const layouts: readonly (readonly [System, Layout<string>])[] = [
  ['freebsd14_amd64', freebsd.kinfoProc],
  ['freebsd14_amd64', freebsd.kinfoFile],
  ['openbsd73_amd64', openbsd.kinfoProc],
  ['openbsd73_amd64', openbsd.kinfoFile],
  ['netbsd10_amd64', netbsd.kinfoProc2],
  ['netbsd10_amd64', netbsd.kinfoFile],
  ['netbsd10_amd64', netbsd.kinfoLwp],
];

test.each(layouts)('on %s every field lies where the header puts it ($struct)', (system, layout) => {
  const struct = measured[system].structs[`struct ${layout.struct}`];
  expect(struct?.size).toBe(layout.size);
  const fields = [...(struct?.fields ?? []), ...(struct?.nested ?? [])];
  for (const [name, [offset, size]] of Object.entries(layout.fields)) {
    // Not captured by name: it follows the address of the peer.
    if (name === 'kf_sock_pcb') {
      const peer = fields.find((field) => field.name.endsWith('.kf_sa_peer'));
      expect([name, (peer?.offset ?? 0) + (peer?.size ?? 0), 8]).toEqual([name, offset, size]);
      continue;
    }
    const found = fields.find((field) => field.name === name || field.name.endsWith(`.${name}`));
    expect([name, found?.offset, found?.size]).toEqual([name, offset, size]);
  }
});

test('flags are those of the headers', () => {
  const { constants: onFreebsd } = measured.freebsd14_amd64;
  expect(onFreebsd).toMatchObject({
    KI_CTTY: freebsd.KI_CTTY,
    P_WEXIT: freebsd.P_WEXIT,
    KF_FD_TYPE_ROOT: freebsd.KF_FD_TYPE_ROOT,
    KF_ATTR_VALID: freebsd.KF_ATTR_VALID,
  });
  const { constants: onOpenbsd } = measured.openbsd73_amd64;
  expect(onOpenbsd).toMatchObject({
    EPROC_CTTY,
    PS_EXITING: openbsd.PS_EXITING,
    PS_ZOMBIE: openbsd.PS_ZOMBIE,
    KERN_FILE_CDIR: openbsd.KERN_FILE_CDIR,
    KERN_FILE_RDIR: openbsd.KERN_FILE_RDIR,
  });
  const { constants: onNetbsd } = measured.netbsd10_amd64;
  expect(onNetbsd).toMatchObject({
    EPROC_CTTY,
    L_SINTR: netbsd.L_SINTR,
    SDYING: netbsd.SDYING,
    SZOMB: netbsd.SZOMB,
    SDEAD: netbsd.SDEAD,
  });
});

test('types of files are those of the headers', () => {
  const { constants: onFreebsd } = measured.freebsd14_amd64;
  expect(onFreebsd).toMatchObject({
    KF_TYPE_VNODE: 1,
    KF_TYPE_SOCKET: 2,
    KF_TYPE_PIPE: 3,
    KF_TYPE_FIFO: 4,
    KF_TYPE_KQUEUE: 5,
    KF_TYPE_SHM: 8,
    KF_TYPE_SEM: 9,
    KF_TYPE_PTS: 10,
    KF_TYPE_PROCDESC: 11,
    KF_TYPE_EVENTFD: 13,
    KF_TYPE_TIMERFD: 14,
    KF_VTYPE_VREG: 1,
    KF_VTYPE_VDIR: 2,
    KF_VTYPE_VBLK: 3,
    KF_VTYPE_VCHR: 4,
    KF_VTYPE_VSOCK: 6,
    KF_VTYPE_VFIFO: 7,
    KF_VTYPE_VBAD: 8,
    KF_FLAG_READ: 1,
    KF_FLAG_WRITE: 2,
  });
  for (const system of ['openbsd73_amd64', 'netbsd10_amd64'] as const) {
    expect(measured[system].constants).toMatchObject({
      DTYPE_VNODE: 1,
      DTYPE_SOCKET: 2,
      DTYPE_PIPE: 3,
      DTYPE_KQUEUE: 4,
      VREG: 1,
      VDIR: 2,
      VBLK: 3,
      VCHR: 4,
      VSOCK: 6,
      VFIFO: 7,
      VBAD: 8,
    });
  }
});

test('a system that lacks a fact does not compile', () => {
  const { waiting, ...lacking } = freebsdReaders;
  // @ts-expect-error: `waiting` is missing.
  const incomplete: Readers<FreebsdSource> = lacking;
  const complete: Readers<FreebsdSource> = { ...lacking, waiting };
  expect(Object.keys(complete).length - Object.keys(incomplete).length).toBe(1);
});

describe('a record', () => {
  const layout: Layout<'signed' | 'unsigned' | 'wide' | 'name'> = {
    struct: 'example',
    size: 20,
    fields: {
      signed: [0, 4, 'signed'],
      unsigned: [0, 4, 'unsigned'],
      wide: [4, 8, 'unsigned'],
      name: [12, 8, 'text'],
    },
  };
  const record = Buffer.from('ffffffff0100000000000080616263640000ffff', 'hex');

  test('has numbers with and without sign, of 64 bits too, and text up to the first NUL', () => {
    const fields = fieldsOf(layout, record);
    expect([fields.number('signed'), fields.number('unsigned')]).toEqual([-1, 0xffffffff]);
    expect(fields.bigint('wide')).toBe(0x8000000000000001n);
    expect(fields.bigint('signed')).toBe(-1n);
    expect(fields.text('name')).toBe('abcd');
  });

  test('of another size is an error that names the release', () => {
    expect(() => recordOf(layout, record.subarray(0, 19), 'FreeBSD 16.0')).toThrow(
      'FreeBSD 16.0: struct example has 19 bytes, 20 were expected',
    );
    expect(() => recordsOf(layout, record.subarray(0, 19), 'OpenBSD 9.9')).toThrow('OpenBSD 9.9: 19 bytes');
    expect(recordsOf(layout, Buffer.alloc(0), 'OpenBSD 9.9')).toEqual([]);
  });
});

test('strings end with NUL each, and may be empty', () => {
  expect(textsOf(Buffer.from('a b\0\0c\0'))).toEqual(['a b', '', 'c']);
  expect(textsOf(Buffer.alloc(0))).toEqual([]);
});

test('device numbers are split as each system’s major() and minor() split them', () => {
  expect(freebsdDevice(0x29n)).toBe('0:41');
  expect(freebsdDevice(0x100000302n)).toBe('3:258');
  expect(freebsdDevice(0x0000120034005678n)).toBe('4694:872415352');
  expect(openbsdDevice(0x503n)).toBe('5:3');
  expect(openbsdDevice(0x10502n)).toBe('5:258');
  expect(netbsdDevice(0x503n)).toBe('5:3');
  expect(netbsdDevice(0x100502n)).toBe('5:258');
});

test.each([
  ['/dev/ttyp0', true],
  ['/dev/pts/12', true],
  ['/dev/ttyv0', true],
  ['/dev/console', true],
  ['/dev/tty', true],
  ['/dev/cuau0', true],
  ['/dev/nmdm0A', true],
  ['/dev/ptyp0', false],
  ['/dev/ptmx', false],
  ['/dev/ttyu0.init', false],
  ['/dev/null', false],
  ['/dev/pts/ptmx', false],
  ['/jail/dev/pts/1', false],
])('%s is a terminal that can be a controlling one: %s', (path, terminal) => {
  expect(isTerminalPath(path)).toBe(terminal);
});

describe('a signal set', () => {
  test('names signals by the numbers of its system', () => {
    const set = Buffer.from([0x01, 0, 0, 0x40, 0x01, 0, 0, 0, 0x03, 0, 0, 0, 0, 0, 0, 0x80]);
    expect(namesInSet(set, freebsdSignals)).toEqual([
      'SIGHUP',
      'SIGUSR2',
      'SIGLIBRT',
      'SIGRTMIN',
      'SIGRTMIN+1',
      'SIG128',
    ]);
    expect(namesInSet(set, netbsdSignals).slice(2)).toEqual(['SIGRTMIN', 'SIG65', 'SIG66', 'SIG128']);
    expect(namesInSet(Buffer.from([0, 0, 0, 0x80]), openbsdSignals)).toEqual(['SIGTHR']);
  });

  test('of ignored signals leaves out those ignored by default, which it cannot tell apart', () => {
    const baseline = Buffer.alloc(4);
    baseline.writeUInt32LE(0x18488000 + 1);
    expect(ignoredInSet(baseline, freebsdSignals)).toEqual({
      ignored: ['SIGHUP'],
      ignoredOrDefault: freebsdSignals.ignoredByDefault,
    });
  });
});
