/** <fcntl.h>, what only Linux has. Numbers alone: whoever opens with node:fs does not load koffi for them. */

/**
 * open(2): a descriptor that names a place and gives no access to it, so that what may not be read can be held all the
 * same. include/uapi/asm-generic/fcntl.h, the same on every architecture that Node runs on.
 */
export const O_PATH = 0o10000000;
