/**
 * What calls are called in the C library of NetBSD. Where a type has grown, the plain name is kept for old programs and
 * takes the old layout; a compiler is told the new one by __RENAME in the headers, and whoever binds by name has to
 * know it: `sigaction` has signal sets of 32 bits there, `getitimer` seconds of 32.
 */

/** Source: __RENAME in the headers of NetBSD 10.1. */
const names: Readonly<Record<string, string>> = {
  aio_suspend: '__aio_suspend50',
  clock_gettime: '__clock_gettime50',
  getitimer: '__getitimer50',
  getrusage: '__getrusage50',
  mknod: '__mknod50',
  opendir: '__opendir30',
  readdir: '__readdir30',
  semctl: '__semctl50',
  setitimer: '__setitimer50',
  sigaction: '__sigaction14',
  sigpending: '__sigpending14',
  sigprocmask: '__sigprocmask14',
  sigsuspend: '__sigsuspend14',
  socket: '__socket30',
  timer_gettime: '__timer_gettime50',
  times: '__times13',
};

/** @param declaration of a C function, or its name alone */
export function inTheNamesOfNetbsd(declaration: string): string {
  return declaration.replace(
    /\w+(?=\s*\(|$)/,
    (name) => (Object.hasOwn(names, name) ? names[name] : name) ?? name,
  );
}
