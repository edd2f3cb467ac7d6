// Bundles what the package ships into CommonJS files that Node compiles once: dist/bundle. What is required or
// imported where it is needed lies in a file of its own; whatever several of these share, rolldown parts by itself.
//
//   node build/bundle.mjs

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist/bundle');

/** Files that are executed by name, or required by it. */
const entries = {
  command: 'harness/cli/command.ts',
  index: 'harness/index.ts',
  vitest: 'harness/vitest/for-vitest.ts',
  'launcher-entry': 'harness/launch/launcher-entry.ts',
  launcher: 'harness/launch/launcher.ts',
  'forked-launcher': 'harness/launch/forked-launcher.ts',
  'reaper-freebsd': 'harness/launch/reaper-freebsd.ts',
  'reaper-tracking': 'harness/launch/reaper-tracking.ts',
  'load-koffi': 'harness/libc/load-koffi.ts',
  system: 'harness/observe/system.ts',
  wakes: 'harness/observe/linux/wakes.ts',
  'receives-for-ever': 'harness/observe/linux/receives-for-ever.ts',
  'bsd-observers': 'harness/observe/bsd-observers.ts',
  runner: 'suites/syscalls/run/runner.ts',
};

/** `createRequire(__filename)('../a/b.js')`, or a require made by it: `./b.js`, where every entry lies. */
const requireOfAFile = /(?:createRequire\(__filename\)|\brequire)\(\s*'\.[^']*\/([\w-]+)\.js',?\s*\)/g;

/** What finds the modules of the suite in a folder; a bundle has none, and names them. */
const loader = join(root, 'suites/syscalls/run/load.ts');

function withEveryPromise(code) {
  const folder = join(root, 'suites/syscalls');
  const names = readdirSync(folder).filter((name) => /^[^.]+\.ts$/.test(name));
  const all = names.sort().map((name) => `require(${JSON.stringify(join(folder, name))});`);
  const changed = code
    .replace(/for \(const name of readdirSync\(folder\)[\s\S]*?\n {2}\}\n/, all.join('\n'))
    .replace(
      "require(join(compiled, 'run/promise.js'))",
      `require(${JSON.stringify(join(folder, 'run/promise.ts'))})`,
    );
  if (changed.includes('readdirSync(folder)') || changed.includes("'run/promise.js'")) {
    throw new Error(`${loader} no longer finds the modules as build/bundle.mjs expects`);
  }
  return changed;
}

const plugin = {
  name: 'files-by-name',
  transform(code, id) {
    if (!id.startsWith(root) || !/\.m?ts$/.test(id)) return null;
    if (id === loader) return { code: withEveryPromise(code), map: null };
    const by = code.replace(requireOfAFile, (_, name) => `require('./${name}.js')`);
    const own = by
      .replace(/const require = createRequire\(__filename\);/, '')
      .replaceAll('createRequire(__filename)', 'require');
    // Node's loader of modules would be loaded for it.
    const without = own.replace("import { createRequire } from 'node:module';", '');
    return { code: without.includes('createRequire') ? own : without, map: null };
  },
  resolveId(source) {
    const [, name] = /^\.\/([\w-]+)\.js$/.exec(source) ?? [];
    return name !== undefined && name in entries && source.endsWith('.js')
      ? { id: source, external: true }
      : null;
  },
};

/** Paths of the modules that are loaded with those: what they import, and not only for a type. */
function loadedWith(...paths) {
  const all = new Set();
  const visit = (path) => {
    if (all.has(path)) return;
    all.add(path);
    const code = readFileSync(path, 'utf8').replace(/^import type [^;]*;/gm, '');
    for (const [, from] of code.matchAll(/^(?:import|export)\b[^;]*?\bfrom '(\.[^']+)';/gm)) {
      visit(resolve(dirname(path), from));
    }
  };
  for (const path of paths) visit(resolve(root, path));
  // What runs as it is loaded is loaded by nothing else.
  for (const path of [entries.command, entries.runner, entries['launcher-entry']])
    all.delete(resolve(root, path));
  return (id) => all.has(id);
}

const bundle = await rolldown({
  input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, resolve(root, path)])),
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  transform: { target: 'node20' },
  external: ['koffi'],
  plugins: [plugin],
});
rmSync(out, { recursive: true, force: true });
const { output } = await bundle.write({
  dir: out,
  format: 'cjs',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  exports: 'named',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      {
        name: 'command-line',
        // What --help needs of the room of reports is here too: all of that room would go with it.
        test: loadedWith(
          'harness/cli/command.ts',
          'harness/cli/start.ts',
          'harness/cli/main.ts',
          'harness/report/fit.ts',
        ),
        priority: 4,
      },
      { name: 'launch', test: loadedWith(entries.launcher, entries['forked-launcher']), priority: 3 },
      {
        name: 'check',
        test: loadedWith(
          'harness/cli/check.ts',
          'harness/check/checker.ts',
          'harness/report/check/pretty.ts',
          'harness/report/check/json.ts',
          'suites/requirements/index.ts',
        ),
        priority: 2,
      },
      { name: 'probes', test: /harness\/probe\//, priority: 1 },
      { name: 'suite', test: /suites\/syscalls\/(?!run\/runner)/, priority: 1 },
      { name: 'html', test: /report\/html\//, priority: 1 },
    ],
  },
});
for (const name of readdirSync(out)) {
  const path = join(out, name);
  // One byte a character is read, and kept, in half the space.
  const text = readFileSync(path, 'utf8').replace(
    /[^\x20-\x7e\s]|\u00a0/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const key = createHash('sha256').update(text).digest('hex').slice(0, 32);
  writeFileSync(path, `// ${key}\n${text}`);
}

// Told by harness/bin.cjs, which loads nothing for it.
const { help } = createRequire(import.meta.url)('../dist/harness/options/help.js');
writeFileSync(join(out, 'help.txt'), help);

/** What of other packages is in it, with the terms under which it may be. */
const others = new Set(
  output.flatMap(({ moduleIds = [] }) =>
    moduleIds.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []),
  ),
);
const terms = [...others].sort().map((folder) => {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined) throw new Error(`${name} has no licence to ship`);
  return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
});
writeFileSync(join(out, 'LICENSES.txt'), terms.join('\n\n'));

// vitest and its declarations are ES modules; the functions are those of the bundle. As harness/vitest/index.mts.
writeFileSync(
  join(out, 'vitest.mjs'),
  [
    "import { vi } from 'vitest';",
    "import bundled from './vitest.js';",
    'export const { checkProgram, NoSuchProgram } = bundled;',
    'export const { fixtures, matchers } = bundled.forVitest(vi);',
    '',
  ].join('\n'),
);

/** Programs to try a check on where only the package is: right ones and spoiled ones, each a file of its own. */
const examples = [
  'recipes/sysv',
  'recipes/daemon3-00',
  'defects/stays-session-leader',
  'defects/stays-in-directory',
];
rmSync(join(root, 'dist/examples'), { recursive: true, force: true });
for (const example of examples) {
  const one = await rolldown({
    input: join(root, 'fixtures', `${example}.ts`),
    platform: 'node',
    external: ['koffi'],
    transform: { target: 'node20' },
  });
  await one.write({
    file: join(root, 'dist/examples', `${example}.js`),
    format: 'cjs',
    codeSplitting: false,
  });
}

/**
 * The declarations of what the package exports, and those that they name. The compiler leaves out imports of values that
 * no declaration names: of those the ones stay that add to another module's interface, as each probe does.
 */
const types = join(root, 'dist/types');
rmSync(types, { recursive: true, force: true });
const declared = new Set();
const importsOf = (text) => [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, from]) => from);
const fileOf = (path, from) => join(dirname(path), from.replace(/\.(m?)[jt]s$/, '.d.$1ts'));
function declare(path) {
  if (declared.has(path)) return;
  declared.add(path);
  const text = readFileSync(join(root, 'dist', path), 'utf8');
  const source = readFileSync(join(root, path.replace(/\.d\.(m?)ts$/, '.$1ts')), 'utf8');
  const adding = importsOf(source).filter((from) => {
    const other = join(root, 'dist', fileOf(path, from));
    return !text.includes(`'${from}'`) && /^declare module '\./m.test(readFileSync(other, 'utf8'));
  });
  mkdirSync(dirname(join(types, path)), { recursive: true });
  writeFileSync(join(types, path), adding.map((from) => `import '${from}';\n`).join('') + text);
  for (const from of [...importsOf(text), ...adding]) declare(fileOf(path, from));
}
declare('harness/index.d.ts');
declare('harness/vitest/index.d.mts');
