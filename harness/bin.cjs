#!/usr/bin/env node
// Committed as JavaScript so that an unbuilt clone can build itself: `npx daemon-conformance` in a fresh checkout
// has no dist/ yet. Everything it says goes to standard error, since standard output carries only the report.
// CommonJS, because a main module that is none makes Node start its other loader first.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`daemon-conformance: needs Node 20.19 or newer, this is ${process.version}\n`);
  process.exit(2);
}

const root = join(__dirname, '..');
const main = join(root, 'dist/harness/cli/start.js');

function run(what, command, args) {
  const { spawnSync } = require('node:child_process');
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  const why = error?.message ?? `exit status ${status}`;
  process.stderr.write(
    `daemon-conformance: ${what} failed (${why}). Run \`npm ci && npm run build\` in ${root}\n`,
  );
  process.exit(3);
}

if (!existsSync(main)) {
  process.stderr.write('daemon-conformance: first run of an unbuilt checkout, building it once\n');
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  if (!existsSync(tsc) || !existsSync(join(root, 'node_modules/koffi'))) {
    run('npm ci', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  }
  run('the build', process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')]);
}

require(main);
