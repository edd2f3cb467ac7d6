import { createHash } from 'node:crypto';

/** What a page may do: load nothing, and of styles have this one alone. The content of a Content-Security-Policy. */
export function policyFor(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
