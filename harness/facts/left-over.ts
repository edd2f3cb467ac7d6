/** What a launch outside a world of its own has left behind in names that a later one may need. */
export interface LeftOver {
  readonly kind: 'socket' | 'port' | 'shared-memory' | 'pidfile' | 'mount';
  /** A path, or `tcp 8080`. */
  readonly name: string;
  /** It was taken away before the next launch began; one that could not be keeps others from beginning. */
  readonly removed: boolean;
}
