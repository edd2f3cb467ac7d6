import { expect, test } from 'vitest';
import { html, nothing } from './markup.ts';

test('text is escaped, markup is not', () => {
  const item = html`<li title="${'"<>'}">${'<script>'}</li>`;
  expect(html`<ul>${[item, nothing, item]}${7}</ul>`.markup).toBe(
    '<ul><li title="&quot;&lt;&gt;">&lt;script&gt;</li><li title="&quot;&lt;&gt;">&lt;script&gt;</li>7</ul>',
  );
});
