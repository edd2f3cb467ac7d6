/** What runs this JavaScript: Node, or Bun, which is what npm brings to systems that Node has no binary for. */

export interface Engine {
  readonly name: 'Node.js' | 'Bun';
  readonly version: string;
  /**
   * Variables for a process that forks. The collector and the compiler of JavaScriptCore run in threads, which a child
   * lacks: it would wait for them. Node has --single-threaded for that, which Bun takes and does not heed.
   */
  readonly environment: Readonly<Record<string, string>>;
}

const bun = process.versions.bun;

export const engine: Engine =
  bun === undefined
    ? { name: 'Node.js', version: process.versions.node, environment: {} }
    : {
        name: 'Bun',
        version: bun,
        environment: {
          BUN_JSC_useConcurrentGC: '0',
          BUN_JSC_useConcurrentJIT: '0',
          BUN_JSC_numberOfGCMarkers: '1',
        },
      };
