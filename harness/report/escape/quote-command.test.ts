import { expect, test } from 'vitest';
import { quoteCommand } from './quote-command.ts';

test('plain words stay as they are', () => {
  expect(quoteCommand(['./mydaemon', '-d', '--port=80'])).toBe('./mydaemon -d --port=80');
});

test('words a shell would read otherwise are quoted', () => {
  expect(quoteCommand(['sh', '-c', 'sleep 60 &', '', "it's"])).toBe("sh -c 'sleep 60 &' '' 'it'\\''s'");
});

test('control characters are shown', () => {
  expect(quoteCommand(['a\x1b[2Jb', '\n'])).toBe("'a\\x1b[2Jb' '\\x0a'");
});
