#!/bin/sh
':' //; [ -z "${NODE_EXTRA_CA_CERTS-}" ] || { export DAEMON_CONFORMANCE_CA="$NODE_EXTRA_CA_CERTS"; unset NODE_EXTRA_CA_CERTS; }
':' //; exec node --single-threaded --v8-pool-size=0 --no-opt --no-sparkplug --regexp-interpret-all --no-flush-bytecode --no-rehash-snapshot --min-semi-space-size=2 --max-semi-space-size=2 "$0" "$@"
// Committed as JavaScript so that an unbuilt clone can build itself: `npx daemon-conformance` in a fresh checkout
// has no dist/ yet. Everything it says goes to standard error, since standard output carries only the report.
// CommonJS, because a main module that is none makes Node start its other loader first. A shell script as well, since a
// first line can hand on one argument at most: with one thread the command can fork the launcher from itself, and the
// other options keep that small and what it forks from compiling anything: each would do it anew, and none runs long
// enough for it. Two megabytes are what a check of one start allocates before it is over. Run by node, it works without.
//
// A tenth of Node's start is to make its hashes hard to foresee, which a server needs: --no-rehash-snapshot. And where
// NODE_EXTRA_CA_CERTS is set most of it is to read certificates, which nothing here asks for: it is kept from Node, and
// given back before anything can look.
const { DAEMON_CONFORMANCE_CA: certificates } = process.env;
if (certificates !== undefined) {
  delete process.env.DAEMON_CONFORMANCE_CA;
  process.env.NODE_EXTRA_CA_CERTS = certificates;
}

const { existsSync, readFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');

function say(line) {
  try {
    writeSync(2, `daemon-conformance: ${line}\n`);
  } catch {
    // A standard error that is full or closed changes no status.
  }
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  say(`needs Node 20.19 or newer, this is ${process.version}`);
  process.exit(2);
}

const root = join(__dirname, '..');
const bundle = join(root, 'dist/bundle/command.js');

/** What is the same wherever it is asked: told before anything is loaded. Undefined where that has to be found out. */
function answerTo(words) {
  // The environment may hold options too, and one that is wrong is told.
  if (words.length !== 1 || process.env.DAEMON_CONFORMANCE_OPTS) return undefined;
  const [word] = words;
  try {
    if (word === '--version' || word === '-V') {
      return `daemon-conformance ${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}\n`;
    }
    if (word === '--help' || word === '-h' || word === 'help') {
      return readFileSync(join(root, 'dist/bundle/help.txt'), 'utf8');
    }
  } catch {
    // Not built yet.
  }
  return undefined;
}

function answer(text) {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes));
    } catch (error) {
      // A reader that has gone away has seen enough.
      if (error.code === 'EPIPE') break;
      if (error.code !== 'EAGAIN') throw new Error(`standard output: ${error.message}`);
      // A pipe that does not wait is full; nothing here tells when it takes more, but to try again.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
  process.exit(0);
}

function run(what, command, args) {
  const { spawnSync } = require('node:child_process');
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  const why = error?.message ?? `exit status ${status}`;
  say(`${what} failed (${why}). Run \`npm ci && npm run build\` in ${root}`);
  process.exit(3);
}

function build() {
  say('first run of an unbuilt checkout, building it once');
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const needed = ['typescript', 'koffi', 'rolldown'];
  if (needed.some((name) => !existsSync(join(root, 'node_modules', name)))) {
    run('npm ci', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  }
  run('the build', process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')]);
  run('the build', process.execPath, [join(root, 'build/bundle.mjs')]);
}

try {
  const told = answerTo(process.argv.slice(2));
  if (told !== undefined) answer(told);
  if (!existsSync(bundle)) build();
  require('./load-bundle.cjs').load(bundle);
} catch (error) {
  // Status 1 would blame a program.
  say(error.message);
  process.exit(3);
}
