/** The system a report comes from. */

export interface Platform {
  /** `linux-6.1.0-x64-glibc-2.36`, a folder name. */
  readonly id: string;
  readonly os: string;
  readonly release: string;
  readonly arch: string;
  readonly libc: string;
  readonly node: string;
}
