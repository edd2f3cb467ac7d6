import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { help } from './help.ts';
import { option, optionNames } from './table.ts';
import { writtenFiles } from './written-files.ts';

const files = Object.entries(writtenFiles(packageRoot));
const parsed = (name: string, text: string): unknown => (name.endsWith('.json') ? JSON.parse(text) : text);

test.each(files)('%s is the one npm run catalogue writes', (name, text) => {
  // The formatter lays JSON out in its own way.
  expect(parsed(name, readFileSync(join(packageRoot, name), 'utf8'))).toEqual(parsed(name, text));
});

test.each(files.filter(([name]) => !name.endsWith('.json')))('%s names every option', (name, text) => {
  const dashes = name.endsWith('.1') ? 'Fl ' : name.endsWith('.fish') ? '-l ' : '--';
  expect(optionNames.filter((each) => !text.includes(`${dashes}${each}`))).toEqual([]);
});

test('the words of a row are in --help', () => {
  const flat = help.replace(/\s+/g, ' ');
  expect(optionNames.filter((each) => !flat.includes(option(each).help.replace(/\s+/g, ' ')))).toEqual([]);
});

test.for([
  [['mandoc', '-T', 'lint', '-W', 'warning'], 'man/daemon-conformance.1'],
  [['shellcheck'], 'completions/daemon-conformance.bash'],
  [['bash', '-n'], 'completions/daemon-conformance.bash'],
  [['zsh', '-n'], 'completions/_daemon-conformance'],
  [['fish', '--no-execute'], 'completions/daemon-conformance.fish'],
] as const)('%j has nothing against %s', ([[tool, ...words], name], { skip }) => {
  const { error, stdout, stderr } = spawnSync(tool, [...words, join(packageRoot, name)], {
    encoding: 'utf8',
  });
  if (error !== undefined) skip(`${tool} is not installed`);
  expect(`${stdout}${stderr}`).toBe('');
});

test('bash completes an option, and the words it takes', () => {
  const complete = (...words: string[]): readonly string[] => {
    const script = `source ${join(packageRoot, 'completions/daemon-conformance.bash')}
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _daemon_conformance; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
  };
  expect(complete('daemon-conformance', '--term')).toEqual(['--terminal-arg']);
  expect(complete('daemon-conformance', '--profile', 'daemon3-')).toEqual(['daemon3-bsd', 'daemon3-glibc']);
  expect(complete('daemon-conformance', 'insp')).toContain('inspect');
});
