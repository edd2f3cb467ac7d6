import { describe, expect, test } from 'vitest';
import { NOTE_CHILD, NOTE_EXIT, NOTE_FORK, NOTE_TRACKERR } from '../libc/bsd/kevent.ts';
import { kqueueEvents } from '../observe/bsd/captured/replay.ts';
import { ProcessTree } from './process-tree.ts';

const event = (ident: number, fflags: number, data = 0) => ({ ident, fflags, data, filter: -5, flags: 0 });

/** Each system was captured while a child forked one that forked the last, which was executed and then killed. */
describe.each([
  ['freebsd12', { child: 149, middle: 150, last: 151 }],
  ['openbsd73', { child: 44847, middle: 5227, last: 36435 }],
  ['netbsd10', { child: 182, middle: 215, last: 245 }],
] as const)('what %s told of three processes', (name, { child, middle, last }) => {
  const { before, after } = kqueueEvents(name);

  test('is that two have ended and the last is there, as one of the child’s', () => {
    const tree = new ProcessTree();
    tree.add(child);
    const told = tree.take(before);
    expect([...told.forked].sort()).toEqual([middle, last].sort());
    expect([...told.ended].sort((a, b) => a.waitStatus - b.waitStatus)).toEqual([
      { pid: child, waitStatus: 7 << 8 },
      { pid: middle, waitStatus: 8 << 8 },
    ]);
    expect(told.lost).toEqual([]);
    expect(tree.held()).toEqual([{ pid: last, root: child }]);
  });

  test('then, that SIGTERM has ended the last', () => {
    const tree = new ProcessTree();
    tree.add(child);
    tree.take(before);
    expect(tree.take(after)).toEqual({ forked: [], ended: [{ pid: last, waitStatus: 15 }], lost: [] });
    expect(tree.size).toBe(0);
  });

  test('is the same told one event at a time', () => {
    const tree = new ProcessTree();
    tree.add(child);
    for (const one of before) tree.take([one]);
    expect(tree.held()).toEqual([{ pid: last, root: child }]);
  });
});

test('two programs are told apart, also where one of them is gone', () => {
  const tree = new ProcessTree();
  tree.add(10);
  tree.add(20);
  tree.take([event(11, NOTE_CHILD, 10), event(21, NOTE_CHILD, 20), event(10, NOTE_EXIT)]);
  tree.take([event(12, NOTE_CHILD, 11), event(11, NOTE_EXIT)]);
  expect(tree.held()).toEqual([
    { pid: 20, root: 20 },
    { pid: 21, root: 20 },
    { pid: 12, root: 10 },
  ]);
});

test('a child that is told of twice, also after its end, is one', () => {
  const tree = new ProcessTree();
  tree.add(10);
  expect(
    tree.take([event(11, NOTE_CHILD, 10), event(11, NOTE_EXIT, 256), event(11, NOTE_CHILD, 10)]),
  ).toEqual({
    forked: [11],
    ended: [{ pid: 11, waitStatus: 256 }],
    lost: [],
  });
  expect(tree.held()).toEqual([{ pid: 10, root: 10 }]);
});

test('a child that could not be followed is said to be lost', () => {
  const tree = new ProcessTree();
  tree.add(10);
  expect(tree.take([event(10, NOTE_FORK | NOTE_TRACKERR)])).toEqual({ forked: [], ended: [], lost: [10] });
});
