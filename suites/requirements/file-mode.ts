/** File mode creation masks, as numbers and as ps(1) and ls(1) write them. */

export function maskOf(digits: string): number {
  return Number.parseInt(digits, 8);
}

export function octal(mask: number): string {
  return mask.toString(8).padStart(4, '0');
}
