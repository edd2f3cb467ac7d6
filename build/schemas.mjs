// Generates the schemas of the reports from the TypeScript types: harness/report/*.schema.json. The generator brings a
// TypeScript of its own, which only reads the types; the one that compiles has no interface for it. Release 2.4 is the
// last that runs on Node 20.
//
//   node build/schemas.mjs            writes them
//   node build/schemas.mjs --check    tells which are stale, exit status 1

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tsj from 'ts-json-schema-generator';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const ts = createRequire(createRequire(import.meta.url).resolve('ts-json-schema-generator'))('typescript');

const dialect = 'https://json-schema.org/draft/2020-12/schema';
const reportId = 'urn:daemon-conformance:report:1';

const schemas = [
  {
    type: 'Report',
    file: 'report.schema.json',
    id: reportId,
    title: 'daemon-conformance report',
    description: 'What a program became under each start state, and whether that conforms to a profile.',
  },
  {
    type: 'BatchReport',
    file: 'batch-report.schema.json',
    id: 'urn:daemon-conformance:batch-report:1',
    title: 'daemon-conformance batch report',
    description:
      'The check reports of many programs, and why the others have none. It refers to report.schema.json by its $id.',
  },
  {
    type: 'Comparison',
    file: 'comparison.schema.json',
    id: 'urn:daemon-conformance:comparison:1',
    title: 'daemon-conformance comparison',
    description:
      'Reports side by side: programs by requirements, or platforms by promises. It refers to report.schema.json by its $id.',
  },
];

// TypeScript does not tell integers from other numbers: only times and limits are none, by the units in their names.
const measured = /Ms$|^(startTime|soft|hard|softDescriptorLimit|coreLimit)$/;
// And what counts is never negative; a process ID, a group or a user that is not known is -1.
const signed =
  /^(pid|session|processGroup|foregroundProcessGroup|userId|groupId|nice|oomScoreAdjustment|exitCode|left)$/;
// Nor does it tell the form of a text.
const signal = '^SIG[A-Z0-9+-]+$';
const patterns = {
  blocked: signal,
  caught: signal,
  ignored: signal,
  ignoredOrDefault: signal,
  pending: signal,
  fileModeCreationMask: '^[0-7]{4}$',
  device: '^[0-9]+:[0-9]+$',
  nullDevice: '^[0-9]+:[0-9]+$',
};

/** The generator reads one declaration of an interface; every probe adds its line to this one. */
class FindingsParser {
  constructor(checker, parser) {
    this.checker = checker;
    this.parser = parser;
  }
  supportsNode(node) {
    return ts.isInterfaceDeclaration(node) && node.name.text === 'Findings';
  }
  createType(node, context) {
    const { declarations } = this.checker.getSymbolAtLocation(node.name);
    const members = declarations.flatMap((one) => [...one.members]);
    members.sort((a, b) => (a.name.text < b.name.text ? -1 : 1));
    const properties = members.map(
      ({ name, type }) => new tsj.ObjectProperty(name.text, this.parser.createType(type, context), true),
    );
    return new tsj.ObjectType('findings', [], properties, false);
  }
}

function generate(config, program, type) {
  const parser = tsj.createParser(program, config, (all) => {
    all.addNodeParser(new FindingsParser(program.getTypeChecker(), all));
  });
  return new tsj.SchemaGenerator(program, parser, tsj.createFormatter(config), config).createSchema(type);
}

/** Names of generic types are numbers of the generator's, and so is what they stand for: it goes where it is used. */
const isGeneric = (name) => !/^[A-Za-z]\w*$/.test(name);
const named = (ref) => decodeURIComponent(ref.slice('#/definitions/'.length));

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param key under which the value stands in its object, which tells integers and patterns */
function convert(node, key, context) {
  if (Array.isArray(node)) return node.map((one) => convert(one, key, context));
  if (!isObject(node)) return node;
  const { $ref, properties, ...rest } = node;
  const others = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      ['items', 'anyOf', 'additionalProperties'].includes(name) ? convert(value, key, context) : value,
    ]),
  );
  if ('const' in others || 'enum' in others) delete others.type;
  const types = [others.type].flat();
  if (!measured.test(key) && types.includes('number')) {
    const whole = types.map((type) => (type === 'number' ? 'integer' : type));
    others.type = whole.length === 1 ? whole[0] : whole;
    if (!signed.test(key)) others.minimum = 0;
  }
  if (types.includes('string') && key in patterns) others.pattern = patterns[key];
  if (properties !== undefined) {
    const entries = Object.entries(properties).map(([name, value]) => [name, convert(value, name, context)]);
    others.properties = Object.fromEntries(entries);
  }
  if ($ref === undefined) return others;
  const name = named($ref);
  if (isGeneric(name)) return { ...convert(context.definitions[name], key, context), ...others };
  return { $ref: context.place(name), ...others };
}

/** @param shared definitions of the report, to which the others refer */
function schemaOf({ type, id, title, description }, generated, shared) {
  const { definitions } = generated;
  const isShared = (name) => shared?.includes(name) ?? false;
  const place = (name) => {
    if (name === 'Report') return reportId;
    return isShared(name) ? `${reportId}#/$defs/${name}` : `#/$defs/${name}`;
  };
  const context = { definitions, place };
  const used = new Set();
  const collect = (node) => {
    if (Array.isArray(node)) node.forEach(collect);
    if (!isObject(node)) return;
    for (const [name, value] of Object.entries(node)) {
      if (name !== '$ref') collect(value);
      else if (value.startsWith('#/$defs/')) add(value.slice('#/$defs/'.length));
    }
  };
  const converted = {};
  const add = (name) => {
    if (used.has(name)) return;
    used.add(name);
    converted[name] = convert(definitions[name], name, context);
    collect(converted[name]);
  };
  const { $schema: _, definitions: __, ...top } = generated;
  const body = convert(top, type, context);
  collect(body);
  const $defs = Object.fromEntries(
    Object.keys(converted)
      .sort()
      .map((name) => [name, converted[name]]),
  );
  return { $schema: dialect, $id: id, title, ...body, description, $defs };
}

function formatted(text, file) {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const options = { cwd: root, input: text, encoding: 'utf8' };
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], options);
}

function written() {
  const config = {
    ...tsj.DEFAULT_CONFIG,
    path: join(root, 'harness/{report/{report,batch/report,compare/comparison},probe/*}.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    skipTypeCheck: true,
    additionalProperties: false,
    topRef: false,
    sortProps: false,
    encodeRefs: false,
  };
  const program = tsj.createProgram(config);
  const files = {};
  let shared;
  for (const schema of schemas) {
    const made = schemaOf(schema, generate(config, program, schema.type), shared);
    shared ??= Object.keys(made.$defs);
    const file = `harness/report/${schema.file}`;
    files[file] = formatted(JSON.stringify(made), file);
  }
  return files;
}

const stale = Object.entries(written()).filter(
  ([file, text]) => readFileSync(join(root, file), 'utf8') !== text,
);
for (const [file, text] of stale) {
  if (process.argv.includes('--check')) {
    process.stderr.write(`${file} is not the one its types make: npm run catalogue\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(root, file), text);
  }
}
