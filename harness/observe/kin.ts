/** How a process is related to others. */

export interface Kin {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}
