/** What a program can declare of itself, and its profile does not: the options of that chapter, by their names in the policy. */

export interface DeclaredUser {
  readonly name: string;
  readonly userId: number;
  readonly groupId: number;
  /** Groups of that user in the group database, its primary group included. */
  readonly groups: readonly number[];
}

export interface DeclaredOptions {
  readonly user: DeclaredUser | null;
  /** Path of the declared pidfile. */
  readonly pidfile: string | null;
  /** It reloads on SIGHUP, and so survives it. */
  readonly reload: boolean;
  /** It tells its service manager when it is ready, sd_notify(3). */
  readonly notify: boolean;
  /** An argument in which `{}` stands for a terminal the program is to open; null if it has none. */
  readonly terminalArgument: string | null;
  /** A command that succeeds as soon as the daemon can be used; null if none is declared. */
  readonly ready: string | null;
  /** Arguments, in place of its own, with which it must not start; null if none are declared. */
  readonly failingArguments: readonly string[] | null;
  /** Directories in which it creates files. */
  readonly created: readonly string[];
  /** Arguments, in place of its own, with which it stays in the foreground; null if none are declared. */
  readonly foregroundArguments: readonly string[] | null;
  /** An argument in which `{}` stands for the directory it is to work in; null if it has none. */
  readonly directoryArgument: string | null;
}
