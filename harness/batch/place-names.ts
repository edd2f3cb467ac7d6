/** A report that is kept says nothing of directories that were gone when it was written, and differ from run to run. */

/** Every text of a value with each directory replaced by its name, those within others first. */
export function namePlaces<T>(value: T, names: Readonly<Record<string, string>>): T {
  const longestFirst = Object.entries(names).sort(([a], [b]) => b.length - a.length);
  const named = (each: unknown): unknown => {
    if (typeof each === 'string') {
      return longestFirst.reduce((text, [directory, name]) => text.replaceAll(directory, name), each);
    }
    if (Array.isArray(each)) return each.map(named);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, named(inner)]));
  };
  // Only texts change, so that the shape stays what it was.
  return named(value) as T;
}
