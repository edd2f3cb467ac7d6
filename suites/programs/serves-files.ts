/**
 * The sysv recipe that serves a file system, fuse(4), on a directory, its argument. SIGTERM ends it, nobody unmounts: the
 * directory then answers ENOTCONN to all who come by. It is no fixture of the matrix: only root may mount this way.
 */

import {
  closeDescriptorsFrom,
  nullStandardStreams,
  occupyStandardStreams,
} from '../../fixtures/steps/descriptors.ts';
import { chdir } from '../../fixtures/steps/directories.ts';
import { clearEnvironment } from '../../fixtures/steps/environment.ts';
import { umask } from '../../fixtures/steps/files.ts';
import { forkAndExit } from '../../fixtures/steps/forking.ts';
import { firstArgument, must } from '../../fixtures/steps/program.ts';
import { forkAndWaitForReadiness, reportReady } from '../../fixtures/steps/readiness.ts';
import { setsid } from '../../fixtures/steps/session.ts';
import { emptySignalMask, resetDispositions } from '../../fixtures/steps/signals.ts';
import { O_RDWR, open } from '../../harness/libc/fcntl.ts';
import { MS_NODEV, MS_NOSUID, mount } from '../../harness/libc/linux/sys-mount.ts';
import { platform } from '../../harness/libc/platform.ts';
import { read, write } from '../../harness/libc/unistd.ts';

/** <linux/fuse.h> */
const FUSE_INIT = 26;
const [headerBytes, initBytes] = [16, 64];
const [major, minor] = [7, 31];
const ENOSYS = 38;

function answer(fd: number, unique: bigint, error: number, body: Buffer): void {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(headerBytes + body.length, 0);
  header.writeInt32LE(-error, 4);
  header.writeBigUInt64LE(unique, 8);
  write(fd, Buffer.concat([header, body]));
}

/** Is there, and knows nothing: the kernel takes "no such call" for leave to enter the directory. */
function serve(fd: number): never {
  const request = Buffer.alloc(1024 * 1024);
  for (;;) {
    if (read(fd, request).errno !== null) continue;
    const unique = request.readBigUInt64LE(8);
    if (request.readUInt32LE(4) !== FUSE_INIT) {
      answer(fd, unique, ENOSYS, Buffer.alloc(0));
      continue;
    }
    const agreed = Buffer.alloc(initBytes);
    agreed.writeUInt32LE(major, 0);
    agreed.writeUInt32LE(minor, 4);
    agreed.writeUInt32LE(4096, 20);
    answer(fd, unique, 0, agreed);
  }
}

const path = firstArgument();
occupyStandardStreams(); // nothing opened from here on gets the number of a closed stream
closeDescriptorsFrom(3);
resetDispositions();
emptySignalMask();
clearEnvironment();
const readiness = forkAndWaitForReadiness(); // the child leads no process group, so setsid() can succeed
setsid(); // new session, new process group, no controlling terminal
forkAndExit(); // no longer the session leader
nullStandardStreams();
umask(0);
chdir(path); // as fusermount(1), it mounts on no directory that does not answer
chdir('/');
const fd = must('open(/dev/fuse)', open('/dev/fuse', O_RDWR | platform.O_CLOEXEC));
const options = `fd=${fd},rootmode=40000,user_id=0,group_id=0`;
must(`mount(${path})`, mount('serves-files', path, 'fuse', MS_NOSUID | MS_NODEV, options));
reportReady(readiness); // the starter exits
serve(fd);
