/**
 * A program of two hundred bytes that makes the C library calls it is asked for. No compiler is needed to have one for
 * any C library: the image is written here, and the loader named in it does the rest.
 *
 * It exchanges messages of 4096 bytes, its buffer: a request on descriptor 200 holds six arguments (bytes 0 to 47), the
 * name of a function (64 to 127) and data that arguments may point at; the reply on 201 holds the result (0 to 7),
 * errno (8 to 11) and whether there is no such function (12 to 15), and the data as the call left it. The first reply,
 * unasked, is the buffer's own address. Both numbers are above what daemon(3) and its like replace or close.
 */

export const messageBytes = 4096;
export const requestDescriptor = 200;
export const replyDescriptor = 201;
export const nameAt = 64;
export const dataAt = 128;

const base = 0x400000;
const codeAt = 0x800;
/** The second page is writable: dynamic section, then addresses the loader fills in. */
const dynamicAt = 0x1000;
const addressesAt = 0x1200;
const bufferAt = 0x2000;

const imports = ['__libc_start_main', 'write', 'read', 'dlsym', '__errno_location', '_exit'] as const;
type Import = (typeof imports)[number];

const little = (value: number, bytes: 2 | 4 | 8): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) & 0xff);
const call = (name: Import): number[] => [
  0xff,
  0x14,
  0x25,
  ...little(base + addressesAt + 8 * imports.indexOf(name), 4),
];

const mainAt = 0x21;

/** AMD64 Architecture Programmer's Manual, volume 3; System V ABI, AMD64 supplement, 3.2.3 and 3.4.1. */
// biome-ignore format: one instruction a line
const code: readonly number[] = [
  // _start: argc is on the stack, argv follows it, rdx is what the loader wants called at exit
  0x31, 0xed,                                  // xor ebp, ebp
  0x49, 0x89, 0xd1,                            // mov r9, rdx
  0x5e,                                        // pop rsi
  0x48, 0x89, 0xe2,                            // mov rdx, rsp
  0x48, 0x83, 0xe4, 0xf0,                      // and rsp, -16
  0x50,                                        // push rax
  0x54,                                        // push rsp
  0x45, 0x31, 0xc0,                            // xor r8d, r8d
  0x31, 0xc9,                                  // xor ecx, ecx
  0xbf, ...little(base + codeAt + mainAt, 4),  // mov edi, main
  ...call('__libc_start_main'),
  0xf4,                                        // hlt
  // main
  0x53,                                        // push rbx
  0x41, 0x54,                                  // push r12
  0x41, 0x55,                                  // push r13
  0xbb, ...little(base + bufferAt, 4),         // mov ebx, buffer
  0x48, 0x89, 0x1b,                            // mov [rbx], rbx
  // reply:
  0xbf, ...little(replyDescriptor, 4),         // mov edi, 201
  0x48, 0x89, 0xde,                            // mov rsi, rbx
  0xba, ...little(messageBytes, 4),            // mov edx, 4096
  ...call('write'),
  0xbf, ...little(requestDescriptor, 4),       // mov edi, 200
  0x48, 0x89, 0xde,                            // mov rsi, rbx
  0xba, ...little(messageBytes, 4),            // mov edx, 4096
  ...call('read'),
  0x85, 0xc0,                                  // test eax, eax
  0x7e, 0x65,                                  // jle done
  0x31, 0xff,                                  // xor edi, edi: RTLD_DEFAULT
  0x48, 0x8d, 0x73, nameAt,                    // lea rsi, [rbx+64]
  ...call('dlsym'),
  0x48, 0x85, 0xc0,                            // test rax, rax
  0x74, 0x47,                                  // je absent
  0x49, 0x89, 0xc4,                            // mov r12, rax
  ...call('__errno_location'),
  0xc7, 0x00, ...little(0, 4),                 // mov dword [rax], 0
  0x48, 0x8b, 0x3b,                            // mov rdi, [rbx]
  0x48, 0x8b, 0x73, 8,                         // mov rsi, [rbx+8]
  0x48, 0x8b, 0x53, 16,                        // mov rdx, [rbx+16]
  0x48, 0x8b, 0x4b, 24,                        // mov rcx, [rbx+24]
  0x4c, 0x8b, 0x43, 32,                        // mov r8, [rbx+32]
  0x4c, 0x8b, 0x4b, 40,                        // mov r9, [rbx+40]
  0x31, 0xc0,                                  // xor eax, eax: no vector registers
  0x41, 0xff, 0xd4,                            // call r12
  0x48, 0x89, 0x03,                            // mov [rbx], rax
  ...call('__errno_location'),
  0x8b, 0x00,                                  // mov eax, [rax]
  0x89, 0x43, 8,                               // mov [rbx+8], eax
  0xc7, 0x43, 12, ...little(0, 4),             // mov dword [rbx+12], 0
  0xe9, 0x7b, 0xff, 0xff, 0xff,                // jmp reply
  // absent:
  0xc7, 0x43, 12, ...little(1, 4),             // mov dword [rbx+12], 1
  0xe9, 0x6f, 0xff, 0xff, 0xff,                // jmp reply
  // done:
  0x31, 0xff,                                  // xor edi, edi
  ...call('_exit'),
];

/** A table of strings and the place of each in it. */
function stringTable(strings: readonly string[]): {
  readonly bytes: Buffer;
  readonly at: (text: string) => number;
} {
  const places = new Map<string, number>();
  let text = '\0';
  for (const one of strings) {
    places.set(one, text.length);
    text += `${one}\0`;
  }
  return { bytes: Buffer.from(text, 'latin1'), at: (one) => places.get(one) ?? 0 };
}

/** System V ABI, Object Files: program header. */
function segment(
  type: number,
  flags: number,
  at: number,
  fileBytes: number,
  memoryBytes = fileBytes,
): Buffer {
  const header = Buffer.alloc(56);
  header.writeUInt32LE(type, 0);
  header.writeUInt32LE(flags, 4);
  header.writeBigUInt64LE(BigInt(at), 8);
  header.writeBigUInt64LE(BigInt(base + at), 16);
  header.writeBigUInt64LE(BigInt(base + at), 24);
  header.writeBigUInt64LE(BigInt(fileBytes), 32);
  header.writeBigUInt64LE(BigInt(memoryBytes), 40);
  header.writeBigUInt64LE(0x1000n, 48);
  return header;
}

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const PT_GNU_STACK = 0x6474e551;
const [R, RW, RX] = [4, 6, 5] as const;

/** An executable for x86-64 Linux. @param loader path of the dynamic loader @param library name it knows the C library by */
export function libcProgramImage(loader: string, library: string): Buffer {
  const image = Buffer.alloc(bufferAt);
  const strings = stringTable([library, ...imports]);
  const symbols = imports.length + 1;

  let next = 64 + 5 * 56;
  const put = (bytes: Buffer, alignment = 8): number => {
    const at = Math.ceil(next / alignment) * alignment;
    if (at + bytes.length > codeAt) throw new Error('the path of the loader is too long');
    bytes.copy(image, at);
    next = at + bytes.length;
    return at;
  };

  const interpreter = Buffer.from(`${loader}\0`);
  const interpreterAt = put(interpreter);
  const symbolTable = Buffer.alloc(24 * symbols);
  const relocations = Buffer.alloc(24 * imports.length);
  imports.forEach((name, index) => {
    symbolTable.writeUInt32LE(strings.at(name), 24 * (index + 1));
    symbolTable[24 * (index + 1) + 4] = 0x12; // STB_GLOBAL, STT_FUNC
    relocations.writeBigUInt64LE(BigInt(base + addressesAt + 8 * index), 24 * index);
    relocations.writeBigUInt64LE((BigInt(index + 1) << 32n) | 6n /* R_X86_64_GLOB_DAT */, 24 * index + 8);
  });
  const symbolsAt = put(symbolTable);
  const relocationsAt = put(relocations);
  const stringsAt = put(strings.bytes);
  // One empty bucket: nothing here is looked for by others.
  const hashAt = put(
    Buffer.from(
      [...little(1, 4), ...little(symbols, 4), ...little(0, 4 as const)].concat(Array(4 * symbols).fill(0)),
    ),
  );

  const dynamic: readonly (readonly [tag: number, value: number])[] = [
    [1, strings.at(library)], // DT_NEEDED
    [4, base + hashAt], // DT_HASH
    [5, base + stringsAt], // DT_STRTAB
    [6, base + symbolsAt], // DT_SYMTAB
    [10, strings.bytes.length], // DT_STRSZ
    [11, 24], // DT_SYMENT
    [7, base + relocationsAt], // DT_RELA
    [8, relocations.length], // DT_RELASZ
    [9, 24], // DT_RELAENT
    [24, 0], // DT_BIND_NOW
    [21, 0], // DT_DEBUG
    [0, 0],
  ];
  dynamic.forEach(([tag, value], index) => {
    image.writeBigUInt64LE(BigInt(tag), dynamicAt + 16 * index);
    image.writeBigUInt64LE(BigInt(value), dynamicAt + 16 * index + 8);
  });
  Buffer.from(code).copy(image, codeAt);

  // ELF header: 64-bit, little-endian, System V, executable, x86-64.
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]).copy(image, 0);
  image.writeUInt16LE(2, 16);
  image.writeUInt16LE(62, 18);
  image.writeUInt32LE(1, 20);
  image.writeBigUInt64LE(BigInt(base + codeAt), 24);
  image.writeBigUInt64LE(64n, 32);
  image.writeUInt16LE(64, 52);
  image.writeUInt16LE(56, 54);
  image.writeUInt16LE(5, 56);
  const segments = [
    segment(PT_INTERP, R, interpreterAt, interpreter.length),
    segment(PT_LOAD, RX, 0, 0x1000),
    segment(PT_LOAD, RW, 0x1000, 0x1000, 0x1000 + messageBytes),
    segment(PT_DYNAMIC, RW, dynamicAt, 16 * dynamic.length),
    segment(PT_GNU_STACK, RW, 0, 0),
  ];
  Buffer.concat(segments).copy(image, 64);
  return image;
}
