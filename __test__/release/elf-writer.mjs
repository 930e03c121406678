// Writes an ELF library that has what `scripts/release/elf.mjs` reads, and nothing else: no code.

const HEADER_BYTES = 64;
const SEGMENT_BYTES = 56;
const SECTION_BYTES = 64;

/**
 * @param {object} [library] each default is what a good release binary has
 * @param {number} [library.machine] 62: x64, 183: arm64
 * @param {string[]} [library.needed]
 * @param {string[]} [library.versions] of the first library
 * @param {string[]} [library.exports]
 * @param {string[]} [library.imports]
 * @param {number | null} [library.stackFlags] `null`: no such segment
 * @param {boolean} [library.relro]
 * @param {boolean} [library.bindNow]
 * @param {string} [library.data] what else is in the file
 */
export function elf({
  machine = 62,
  needed = ['libc.so.6'],
  versions = ['GLIBC_2.2.5', 'GLIBC_2.17'],
  exports = ['napi_register_module_v1'],
  imports = ['malloc'],
  stackFlags = 6,
  relro = true,
  bindNow = true,
  data = '',
} = {}) {
  const strings = stringTable();
  const symbols = [symbol(0, 0, 0), ...imports.map((name) => symbol(strings.add(name), 1, 0))];
  symbols.push(...exports.map((name) => symbol(strings.add(name), 1, 5)), symbol(strings.add('a_local_one'), 0, 5));
  const dynamic = [...needed.map((name) => longs(1, strings.add(name))), ...(bindNow ? [longs(30, 8)] : []), longs(0, 0)];
  const sections = [
    { type: 0, content: Buffer.alloc(0) },
    { type: 3, content: undefined },
    { type: 11, content: Buffer.concat(symbols), link: 1 },
    { type: 6, content: Buffer.concat(dynamic), link: 1 },
  ];
  if (versions.length > 0)
    sections.push({ type: 0x6ffffffe, content: versionsNeeded(needed[0], versions, strings), link: 1, count: 1 });
  sections[1].content = strings.bytes();
  const segments = [...(stackFlags === null ? [] : [[0x6474e551, stackFlags]]), ...(relro ? [[0x6474e552, 4]] : [])];
  return layOut({ machine, segments, sections, data });
}

function layOut({ machine, segments, sections, data }) {
  const sectionsAt = HEADER_BYTES + segments.length * SEGMENT_BYTES;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(3, 16);
  header.writeUInt16LE(machine, 18);
  header.writeBigUInt64LE(BigInt(HEADER_BYTES), 32);
  header.writeBigUInt64LE(BigInt(sectionsAt), 40);
  header.writeUInt16LE(SEGMENT_BYTES, 54);
  header.writeUInt16LE(segments.length, 56);
  header.writeUInt16LE(SECTION_BYTES, 58);
  header.writeUInt16LE(sections.length, 60);
  let offset = sectionsAt + sections.length * SECTION_BYTES;
  const sectionHeaders = sections.map(({ type, content, link = 0, count = 0 }) => {
    const bytes = Buffer.alloc(SECTION_BYTES);
    bytes.writeUInt32LE(type, 4);
    bytes.writeBigUInt64LE(BigInt(offset), 24);
    bytes.writeBigUInt64LE(BigInt(content.length), 32);
    bytes.writeUInt32LE(link, 40);
    bytes.writeUInt32LE(count, 44);
    offset += content.length;
    return bytes;
  });
  const segmentHeaders = segments.map(([type, flags]) => {
    const bytes = Buffer.alloc(SEGMENT_BYTES);
    bytes.writeUInt32LE(type, 0);
    bytes.writeUInt32LE(flags, 4);
    return bytes;
  });
  return Buffer.concat([
    header,
    ...segmentHeaders,
    ...sectionHeaders,
    ...sections.map(({ content }) => content),
    Buffer.from(data),
  ]);
}

/** One library's record, and one for each version. */
function versionsNeeded(library, versions, strings) {
  const records = versions.map((version, index) => {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32LE(strings.add(version), 8);
    bytes.writeUInt32LE(index < versions.length - 1 ? 16 : 0, 12);
    return bytes;
  });
  const head = Buffer.alloc(16);
  head.writeUInt16LE(1, 0);
  head.writeUInt16LE(versions.length, 2);
  head.writeUInt32LE(strings.add(library), 4);
  head.writeUInt32LE(16, 8);
  return Buffer.concat([head, ...records]);
}

function symbol(name, binding, section) {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32LE(name, 0);
  bytes[4] = binding << 4;
  bytes.writeUInt16LE(section, 6);
  return bytes;
}

function longs(...values) {
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, index) => {
    bytes.writeBigUInt64LE(BigInt(value), index * 8);
  });
  return bytes;
}

function stringTable() {
  let text = '\0';
  return {
    add(string) {
      const offset = text.length;
      text += `${string}\0`;
      return offset;
    },
    bytes: () => Buffer.from(text, 'latin1'),
  };
}
