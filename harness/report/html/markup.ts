/** HTML and SVG put together from a template, in which every text is escaped unless it is markup already. */

import { escapeHtml } from '../escape/html.ts';

export interface Markup {
  readonly markup: string;
}

export type Content = Markup | string | number | readonly Content[];

export const nothing: Markup = { markup: '' };

export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return { markup: strings.map((text, index) => text + write(values[index] ?? '')).join('') };
}

/** A text of ours that holds no markup of anybody else. */
export function raw(text: string): Markup {
  return { markup: text };
}

function write(content: Content): string {
  if (typeof content === 'string') return escapeHtml(content);
  if (typeof content === 'number') return String(content);
  return 'markup' in content ? content.markup : content.map(write).join('');
}
