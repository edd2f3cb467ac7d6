/** Where fields lie in the kernel's records, and how their bytes become values. All systems here are little-endian. */

export type FieldKind = 'signed' | 'unsigned' | 'text' | 'set';

/** Offset, size in bytes, kind. */
export type Field = readonly [offset: number, size: number, kind: FieldKind];

export interface Layout<Name extends string> {
  /** As the header names it. */
  readonly struct: string;
  readonly size: number;
  readonly fields: Readonly<Record<Name, Field>>;
}

/** One record: its bytes and what they mean. */
export interface Fields<Name extends string> {
  number(name: Name): number;
  bigint(name: Name): bigint;
  text(name: Name): string;
  /** A field as bytes, for signal sets and whatever is only compared. */
  bytes(name: Name): Buffer;
}

export function fieldsOf<Name extends string>(layout: Layout<Name>, record: Buffer): Fields<Name> {
  const bytes = (name: Name): Buffer => {
    const [offset, size] = layout.fields[name];
    return record.subarray(offset, offset + size);
  };
  const number = (name: Name): number => {
    const [offset, size, kind] = layout.fields[name];
    if (size === 8) return Number(bigint(name));
    return kind === 'signed' ? record.readIntLE(offset, size) : record.readUIntLE(offset, size);
  };
  const bigint = (name: Name): bigint => {
    const [offset, size, kind] = layout.fields[name];
    if (size < 8) return BigInt(number(name));
    return kind === 'signed' ? record.readBigInt64LE(offset) : record.readBigUInt64LE(offset);
  };
  return { number, bigint, bytes, text: (name) => textOf(bytes(name)) };
}

/** Up to the first NUL. Bytes that are not UTF-8 become U+FFFD. */
export function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

/** Strings that each end with NUL. */
export function textsOf(bytes: Buffer): string[] {
  const texts = bytes.toString('utf8').split('\0');
  texts.pop();
  return texts;
}

/**
 * The kernel's records are not those this program knows. What they mean cannot be told, so nothing is: the message
 * names the release whose layout is missing.
 */
export class UnknownLayout extends Error {
  constructor(release: string, what: string) {
    super(`${release}: ${what}; the records of this release are not known, so no fact can be read from them`);
    this.name = 'UnknownLayout';
  }
}

/** The records of a table whose elements all have the layout's size. @throws UnknownLayout */
export function recordsOf<Name extends string>(
  layout: Layout<Name>,
  bytes: Buffer,
  release: string,
): Fields<Name>[] {
  if (bytes.length % layout.size !== 0) {
    throw new UnknownLayout(
      release,
      `${bytes.length} bytes are no whole number of struct ${layout.struct} (${layout.size} bytes)`,
    );
  }
  const records: Fields<Name>[] = [];
  for (let offset = 0; offset < bytes.length; offset += layout.size) {
    records.push(fieldsOf(layout, bytes.subarray(offset, offset + layout.size)));
  }
  return records;
}

/** The one record there should be. @throws UnknownLayout */
export function recordOf<Name extends string>(
  layout: Layout<Name>,
  bytes: Buffer,
  release: string,
): Fields<Name> {
  if (bytes.length !== layout.size) {
    throw new UnknownLayout(
      release,
      `struct ${layout.struct} has ${bytes.length} bytes, ${layout.size} were expected`,
    );
  }
  return fieldsOf(layout, bytes);
}
