import { expect, test } from 'vitest';
import { AF_UNIX, bindPath, SOCK_DGRAM, sendToPath, socket } from '../sys-socket.ts';
import { close } from '../unistd.ts';
import { passCredentials, receiveDatagram } from './credentials.ts';

test.skipIf(process.platform !== 'linux')('a datagram comes with the process that sent it (Linux)', () => {
  const [to, from] = [socket(AF_UNIX, SOCK_DGRAM).value, socket(AF_UNIX, SOCK_DGRAM).value];
  try {
    const name = `@daemon-conformance-test-${process.pid}`;
    expect(passCredentials(to).errno).toBe(null);
    expect(bindPath(to, name).errno).toBe(null);
    expect(receiveDatagram(to)).toBe(null);
    expect(sendToPath(from, Buffer.from('READY=1\n'), name).errno).toBe(null);
    expect(receiveDatagram(to)).toEqual({ bytes: Buffer.from('READY=1\n'), from: process.pid });
  } finally {
    close(from);
    close(to);
  }
});
