/**
 * A world of its own in places where machines differ: under an overlay, on a read-only root, without /proc, where /proc
 * hides, where a filter denies namespaces; and for programs that change their user. The verdict is that of any other
 * place, or one line says what is missing.
 */

import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Report } from '../../harness/index.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { whyNotIsolated } from './why-not-isolated.ts';

const command = [process.execPath, '--single-threaded', join(packageRoot, 'harness/bin.cjs')] as const;
const only = 'working-directory,root-directory,session,inherited-descriptors';
const check = [...command, '--only', only, '--start', 'clean,hostile', '-f', 'json'] as const;
const daemon = ['sh', '-c', 'cd /; setsid sleep 1000 >/dev/null 2>&1 &'] as const;
const outcomes = { 'working-directory': 'pass', 'root-directory': 'pass', session: 'pass' };
const all = { processIds: true, files: true, network: true, ipc: true };
const none = { processIds: false, files: false, network: false, ipc: false };

function run([file = '', ...args]: readonly string[], directory = '/tmp') {
  const env = { PATH: process.env.PATH, TMPDIR: directory };
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', cwd: '/', env });
  return { status, stdout, stderr };
}

/** What a check that was printed as JSON came to, and in which world. */
function told({ status, stdout, stderr }: ReturnType<typeof run>) {
  if (stdout === '') return { status, stderr };
  const { runs, results } = JSON.parse(stdout) as Report;
  return {
    status,
    stderr,
    outcomes: Object.fromEntries(results.map(({ id, outcome }) => [id, outcome])),
    worlds: runs.map(({ isolation }) => isolation),
  };
}

/** The same everywhere but for the world. */
const judged = (world: typeof all | typeof none, stderr = '') => ({
  status: 1,
  stderr,
  outcomes: { ...outcomes, 'inherited-descriptors': 'fail' },
  worlds: [world, world],
});

/** In one, and why. */
const judgedOutside = (because: string) =>
  judged(
    none,
    `daemon-conformance: no launch can have a world of its own: ${because}: the program is launched outside (doctor says what would help, --isolation none that it is meant)\n`,
  );

/** Ends in 3 with one line. */
const refused = (line: string) => ({ status: 3, stderr: `daemon-conformance: ${line}\n` });

const isRoot = process.geteuid?.() === 0;
const ordinary = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] as const;

let lack: string | null = null;
beforeAll(async () => {
  if (!isRoot) lack = 'only root can prepare such a place or program: run as root';
  else if (run([...ordinary, 'unshare', '--version']).status !== 0)
    lack = 'there is no setpriv(1) or unshare(1): install util-linux';
  else lack = await whyNotIsolated();
});
beforeEach(({ skip }) => {
  if (lack !== null) skip(lack);
});

/** The kernel stacks two of them. */
const needsNoOverlay = (script: string): string | null =>
  script.includes('-t overlay') && run(['stat', '-f', '-c', '%T', '/']).stdout === 'overlayfs\n'
    ? 'the root is an overlay already'
    : null;

/** What other tests have mounted below the directory for temporary files keeps an ordinary user from worlds. */
const withoutMounts = `for at in $(cut -d' ' -f5 /proc/self/mountinfo); do
  case $at in ${tmpdir()}/*) umount -l "$at" 2>/dev/null;; esac; done`;

/** A shell script that goes on in a mount namespace of its own, and there with its arguments. */
const inPlace = (script: string) =>
  ['unshare', '--mount', 'sh', '-c', `${withoutMounts}\n${script}`, 'sh'] as const;

/** An overlay of the root in $1/root, with what is mounted there. */
const overlay = (at: string, lower: string) =>
  `mkdir -p ${at}; mount -t tmpfs tmpfs ${at}; mkdir ${at}/upper ${at}/work ${at}/root
   mount -t overlay overlay -o lowerdir=${lower},upperdir=${at}/upper,workdir=${at}/work ${at}/root`;
const mounts = (root: string) => `for each in proc dev sys; do mount --rbind /$each ${root}/$each; done`;

const places = [
  {
    name: 'an overlay as its root, as in a container',
    script: `${overlay('/mnt', '/')}; ${mounts('/mnt/root')}
      cd /mnt/root; pivot_root . mnt; umount -l /mnt; exec "$@"`,
  },
  {
    name: 'an overlay entered by chroot(2)',
    script: `${overlay('/mnt', '/')}; ${mounts('/mnt/root')}; exec chroot /mnt/root "$@"`,
    // clone(2): no user namespace for who is shut up in a directory.
    ordinary: 'clone(2) into new namespaces: EPERM',
  },
  {
    name: 'a read-only root',
    // The checkout may lie below /tmp.
    script:
      'mount -t tmpfs -o mode=1777 tmpfs /mnt; export TMPDIR=/mnt; mount -o remount,bind,ro /; exec "$@"',
  },
  { name: 'a /proc that hides', script: 'mount -t proc -o hidepid=2 proc /proc; exec "$@"' },
];

describe('a launch has a world of its own on', () => {
  test.for(places)('$name', ({ script }, { skip }) => {
    const why = needsNoOverlay(script);
    if (why !== null) skip(why);
    expect(told(run([...inPlace(script), ...check, '--isolation', 'full', ...daemon]))).toEqual(judged(all));
  });

  test.for(places)('$name, for an ordinary user', ({ script, ordinary: because }, { skip }) => {
    const why = needsNoOverlay(script);
    if (why !== null) skip(why);
    const asked = (isolation: string) =>
      told(run([...inPlace(script), ...ordinary, ...check, '--isolation', isolation, ...daemon]));
    expect(asked('auto')).toEqual(because === undefined ? judged(all) : judgedOutside(because));
    expect(asked('full')).toEqual(
      because === undefined
        ? judged(all)
        : refused(`the launch was lost: it can have no world of its own: ${because}`),
    );
  });
});

test('a mount that is gone since the mounts were read is not missed', () => {
  const place = mkdtempSync(join(tmpdir(), 'gone-'));
  onTestFinished(() => rmdirSync(place));
  const module = (name: string) => JSON.stringify(join(packageRoot, 'dist/harness', name));
  const script = `
    const { existsSync, readFileSync } = require('node:fs');
    const { everyMount, mountTable } = require(${module('isolation/mount-table.js')});
    const { coverFiles } = require(${module('isolation/files.js')});
    const place = ${JSON.stringify(place)};
    const text = readFileSync('/proc/self/mountinfo', 'utf8');
    const [id] = text.split('\\n').find((line) => line.split(' ')[4] === '/').split(' ');
    const root = mountTable(text + '999999 ' + id + ' 0:99 / ' + place + '/gone rw - tmpfs tmpfs rw\\n');
    const all = everyMount(root);
    coverFiles({ root, all }, place, false).enter();
    console.log(all.some(({ path }) => path === place + '/gone'), existsSync(place));`;
  expect(run([...inPlace('exec "$@"'), process.execPath, '-e', script])).toEqual({
    status: 0,
    stdout: 'true true\n',
    stderr: '',
  });
});

const without = [
  {
    name: 'an overlay on an overlay, on which the kernel puts no third',
    place: inPlace(
      `mount -t tmpfs tmpfs /mnt; ${overlay('/mnt/1', '/')}; ${overlay('/mnt/2', '/mnt/1/root')}
       ${mounts('/mnt/2/root')}; cd /mnt/2/root; pivot_root . mnt; umount -l /mnt; exec "$@"`,
    ),
    because: 'mount(overlay on /): EINVAL',
  },
  {
    name: 'a filter of seccomp(2) that denies namespaces',
    place: [process.execPath, join(packageRoot, 'dist/suites/programs/deny-namespaces.js')],
    because: 'clone(2) into new namespaces: EPERM',
  },
];

describe('a launch does without a world of its own, and doctor says why, under', () => {
  test.for(without)('$name', ({ place, because }, { skip }) => {
    const why = needsNoOverlay(place.join(' '));
    if (why !== null) skip(why);
    expect(told(run([...place, ...check, ...daemon]))).toEqual(judgedOutside(because));
    const line = `the launch was lost: it can have no world of its own: ${because}`;
    expect(told(run([...place, ...check, '--isolation', 'full', ...daemon]))).toEqual(refused(line));
    const { stdout } = run([...place, ...command, 'doctor']);
    expect(stdout).toContain(`  no   own process IDs\n       ${because}\n       try: `);
  });

  test('a mount in a directory that the user may write to', () => {
    const place = inPlace(
      `mount -t tmpfs -o mode=1777 tmpfs /mnt; mkdir /mnt/in; mount -t tmpfs tmpfs /mnt/in; exec "$@"`,
    );
    expect(told(run([...place, ...ordinary, ...check, ...daemon]))).toEqual(
      judgedOutside('/mnt can be written to, and has mounts in it'),
    );
    const { stdout } = run([...place, ...ordinary, ...command, 'doctor']);
    expect(stdout).toContain('umount(8) of what findmnt -R /mnt shows in it, or root');
  });

  test('no /proc at all, where nothing can be observed', () => {
    const { status, stdout, stderr } = run([...inPlace('umount -l /proc; exec "$@"'), ...check, ...daemon]);
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(/^daemon-conformance: \/proc shows no process .* mount -t proc proc \/proc.*\n$/);
  });
});

describe('a program that changes its user by a bit of its file', () => {
  function directoryWith(name: string, owner: number): string {
    const directory = mkdtempSync(join(tmpdir(), 'set-user-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    chmodSync(directory, 0o711);
    const file = join(directory, name);
    copyFileSync(`/usr/bin/${name}`, file);
    chownSync(file, owner, 0);
    chmodSync(file, 0o4755);
    return file;
  }

  /** Mounted nosuid, the bit does nothing. */
  const whyNoBit = (): string | null =>
    run([...ordinary, directoryWith('id', 0), '-u']).stdout === '0\n'
      ? null
      : `${tmpdir()} is mounted nosuid`;

  test('changes it in a world of root', ({ skip }) => {
    const why = whyNoBit();
    if (why !== null) skip(why);
    const program = [directoryWith('setsid', 65534), '-f', 'sleep', '1000'];
    const { stdout } = run([...check, '--isolation', 'full', ...program]);
    const { runs } = JSON.parse(stdout) as Report;
    const seen = runs.map(({ isolation, daemon: pid, processes }) => ({
      isolation,
      userIds: processes.find((each) => each.pid === pid)?.userIds,
    }));
    const changed = { isolation: all, userIds: { real: 0, effective: 65534, saved: 65534 } };
    expect(seen).toEqual([changed, changed]);
  });

  test('is launched outside for an ordinary user, which is said', ({ skip }) => {
    const why = whyNoBit();
    if (why !== null) skip(why);
    const program = directoryWith('setsid', 0);
    const { stderr, worlds } = told(
      run([...ordinary, ...check, program, '-f', 'sleep', '1000']),
    ) as ReturnType<typeof judged>;
    expect(worlds).toEqual([none, none]);
    expect(stderr).toBe(
      `daemon-conformance: ${program} changes its user or group, which no world of an ordinary user has: it is launched outside\n`,
    );
  });

  test('and gives up where it cannot is launched outside, which is said', ({ skip }) => {
    const why = whyNoBit();
    if (why !== null) skip(why);
    const script = `[ "$(${directoryWith('id', 0)} -u)" = 0 ] || exit 1; ${daemon[2]}`;
    const { status, stderr, worlds } = told(
      run([...inPlace('exec "$@"'), ...ordinary, ...check, 'sh', '-c', script]),
    ) as ReturnType<typeof judged>;
    expect({ status, worlds }).toEqual({ status: 1, worlds: [none, none] });
    expect(stderr).toMatch(
      /^daemon-conformance: .* does not come through in a world of its own, but does outside.*\n$/,
    );
  });
});
