// Loads the bundle with what V8 has compiled of it before. Committed as JavaScript: it is what loads everything else.
//
// The compiled code lies beside the file it was made of, named for that file's content and for the Node that made it.
// Whoever can write it can run code as whoever loads it. So it is read only where nobody can have written it but root,
// the owner of the bundle, or the user it is read by; and where it may not be written there is none.
const fs = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = fs.constants;
const modules = new Map();
const keyLine = /^\/\/ ([0-9a-f]{32})\n/;
const keyLength = 36;
/** V8 takes what it compiled under other options for nothing of its own. */
const flags = process.execArgv.includes('--single-threaded') ? '-s' : '';
const mayBeCached = process.env.DAEMON_CONFORMANCE_CODE_CACHE !== 'off' && process.geteuid !== undefined;

/** What is read is made into something else at once: one room serves for all, and the largest file of a check fits in. */
let room = Buffer.allocUnsafeSlow(768 * 1024);

function roomFor(size) {
  if (room.length < size) room = Buffer.allocUnsafeSlow(size);
  return room.subarray(0, size);
}

const [before, after] = ['(function (exports, require, module, __filename, __dirname) { ', '\n})'];

/** The code of a file as a function. In one piece: to join it would copy it once more, and wake the garbage collector. */
function readAsFunction(path) {
  const fd = fs.openSync(path, O_RDONLY);
  try {
    const { size } = fs.fstatSync(fd);
    const bytes = roomFor(before.length + size + after.length);
    bytes.latin1Write(before, 0);
    for (let at = 0, read = -1; at < size && read !== 0; at += read) {
      read = fs.readSync(fd, bytes, before.length + at, size - at, null);
    }
    bytes.latin1Write(after, before.length + size);
    return bytes.latin1Slice();
  } finally {
    fs.closeSync(fd);
  }
}

/** Content of a file, until the next is read. Undefined where others than those who may change the program can have written it. */
function readTrusted(path, owner) {
  let fd;
  try {
    fd = fs.openSync(path, O_RDONLY | O_NOFOLLOW);
  } catch {
    return undefined;
  }
  try {
    const { uid, mode, nlink, size } = fs.fstatSync(fd);
    const trusted = uid === 0 || uid === owner || uid === process.geteuid();
    // A second name may be one that somebody else gave to a file of ours.
    if (!trusted || (mode & 0o170022) !== 0o100000 || nlink !== 1) return undefined;
    const bytes = roomFor(size);
    return fs.readSync(fd, bytes, 0, size, 0) === size ? bytes : undefined;
  } finally {
    fs.closeSync(fd);
  }
}

/** Appears under its name whole, or not at all. */
function write(path, bytes) {
  const fresh = `${path}.${process.pid}.${process.hrtime.bigint()}`;
  try {
    const fd = fs.openSync(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644);
    try {
      fs.writeSync(fd, bytes);
    } finally {
      fs.closeSync(fd);
    }
    fs.renameSync(fresh, path);
  } catch {
    // Not ours to write, no room, or made by somebody else meanwhile: it is compiled again next time.
    fs.rmSync(fresh, { force: true });
  }
}

function compile(path) {
  const code = readAsFunction(path);
  const key = keyLine.exec(code.slice(before.length, before.length + keyLength))?.[1];
  if (!mayBeCached || key === undefined) return new Script(code, { filename: path });
  const cache = `${path}.${key}.${process.version}-${process.arch}${flags}`;
  const { uid } = fs.statSync(path);
  const cachedData = readTrusted(cache, uid);
  if (cachedData !== undefined) {
    const script = new Script(code, { filename: path, cachedData });
    // Where it is not what it should be, the next start makes it anew: V8 has it compiled in parts now.
    if (script.cachedDataRejected === true) fs.rmSync(cache, { force: true });
    return script;
  }
  try {
    fs.accessSync(dirname(path), fs.constants.W_OK);
  } catch {
    return new Script(code, { filename: path });
  }
  // All of it, so that no process that is forked later compiles for itself what its parent has not needed.
  const { setFlagsFromString } = require('node:v8');
  setFlagsFromString('--no-lazy');
  const script = new Script(code, { filename: path });
  setFlagsFromString('--lazy');
  write(cache, script.createCachedData());
  return script;
}

/** Exports of a file of the bundle. */
function load(path) {
  const known = modules.get(path);
  if (known !== undefined) return known.exports;
  const module = { exports: {}, filename: path, id: path, loaded: false };
  modules.set(path, module);
  const folder = dirname(path);
  const requireThere = (name) => (name.startsWith('./') ? load(join(folder, name)) : require(name));
  compile(path).runInThisContext().call(module.exports, module.exports, requireThere, module, path, folder);
  module.loaded = true;
  return module.exports;
}

module.exports = { load };
