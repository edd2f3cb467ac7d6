import { expect, test } from 'vitest';
import { escapeGithubMessage, escapeGithubProperty, withoutCommands } from './github.ts';

test('a message keeps its lines and is one command', () => {
  expect(escapeGithubMessage('100 %\n::error::x\r%0A')).toBe('100 %25%0A::error::x\\x0d%250A');
});

test('a property cannot end early', () => {
  expect(escapeGithubProperty('a,b::c\nd%')).toBe('a%2Cb%3A%3Ac%0Ad%25');
});

test('nothing is sent to a terminal', () => {
  expect(escapeGithubMessage('\x1b]0;x\x07\u202e\ud800')).toBe('\\x1b]0;x\\x07\\u202e\\ud800');
});

test('commands are off while the text stands in the log', () => {
  const [first, second, third, last] = withoutCommands('::error::x').split('\n');
  const token = first?.replace('::stop-commands::', '');
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect([second, third, last]).toEqual(['::error::x', `::${token}::`, '']);
  expect(withoutCommands('other')).not.toContain(token);
});
