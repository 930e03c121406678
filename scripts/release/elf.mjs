// Reads what the loader of a 64-bit little-endian ELF library reads: which libraries, versions and protections it asks for, and which
// symbols it exports. The format: `man 5 elf`.

const MAGIC = 0x464c457f;
const CPU = { 62: 'x64', 183: 'arm64' };

const SEGMENT = { stack: 0x6474e551, relro: 0x6474e552 };
const SECTION = { dynamic: 6, symbols: 11, versionsNeeded: 0x6ffffffe };
const DYNAMIC = { needed: 1, bindNow: 24, flags: 30, flags1: 0x6ffffffb };

const EXECUTABLE = 1;
const FLAG_BIND_NOW = 8;
const FLAG1_NOW = 1;
const LOCAL = 0;

/** @param {Buffer} bytes */
export const isElf = (bytes) => bytes.length > 64 && bytes.readUInt32LE(0) === MAGIC;

/**
 * @param {Buffer} bytes
 * @returns {{ cpu: string | undefined, needed: string[], versions: string[], exports: string[], stackExecutable: boolean,
 *   relro: 'none' | 'partial' | 'full' }} `versions`: of symbols, such as `GLIBC_2.17`. `relro`: how much of what is relocated is
 *   read-only afterwards
 */
export function readElf(bytes) {
  const sections = table(bytes, 40, 58).map((at) => ({
    type: bytes.readUInt32LE(at + 4),
    offset: long(bytes, at + 24),
    size: long(bytes, at + 32),
    link: bytes.readUInt32LE(at + 40),
    count: bytes.readUInt32LE(at + 44),
  }));
  const section = (type) => sections.find((one) => one.type === type);
  const segments = table(bytes, 32, 54).map((at) => ({ type: bytes.readUInt32LE(at), flags: bytes.readUInt32LE(at + 4) }));
  const segment = (type) => segments.find((one) => one.type === type);
  /** A string of the table that belongs to a section. */
  const text = ({ link }, offset) => {
    const at = sections[link].offset + offset;
    return bytes.toString('latin1', at, bytes.indexOf(0, at));
  };
  const dynamic = entries(section(SECTION.dynamic), 16).map((at) => ({ tag: long(bytes, at), value: long(bytes, at + 8) }));
  const valueAt = (tag) => dynamic.find((one) => one.tag === tag)?.value ?? 0;
  const bindsNow =
    dynamic.some(({ tag }) => tag === DYNAMIC.bindNow) ||
    (valueAt(DYNAMIC.flags) & FLAG_BIND_NOW) !== 0 ||
    (valueAt(DYNAMIC.flags1) & FLAG1_NOW) !== 0;
  return {
    cpu: CPU[bytes.readUInt16LE(18)],
    needed: dynamic.filter(({ tag }) => tag === DYNAMIC.needed).map(({ value }) => text(section(SECTION.dynamic), value)),
    versions: versionsNeeded(bytes, section(SECTION.versionsNeeded), text),
    exports: entries(section(SECTION.symbols), 24)
      .filter((at) => bytes[at + 4] >> 4 !== LOCAL && bytes.readUInt16LE(at + 6) !== 0)
      .map((at) => text(section(SECTION.symbols), bytes.readUInt32LE(at))),
    // without the segment, Linux makes the stack executable
    stackExecutable: ((segment(SEGMENT.stack)?.flags ?? EXECUTABLE) & EXECUTABLE) !== 0,
    relro: !segment(SEGMENT.relro) ? 'none' : bindsNow ? 'full' : 'partial',
  };
}

/** Offsets of the entries of a header table, whose offset and (entry size, count) the file header has at these places. */
function table(bytes, offsetAt, shapeAt) {
  const start = long(bytes, offsetAt);
  const size = bytes.readUInt16LE(shapeAt);
  return Array.from({ length: bytes.readUInt16LE(shapeAt + 2) }, (_, index) => start + index * size);
}

/** Offsets of a section's entries. */
function entries(section, entrySize) {
  if (!section) return [];
  return Array.from({ length: section.size / entrySize }, (_, index) => section.offset + index * entrySize);
}

/** A linked list of libraries, each with a linked list of versions. */
function versionsNeeded(bytes, section, text) {
  const versions = [];
  let library = section?.offset ?? 0;
  for (let left = section?.count ?? 0; left > 0; left--) {
    let version = library + bytes.readUInt32LE(library + 8);
    for (let more = bytes.readUInt16LE(library + 2); more > 0; more--) {
      versions.push(text(section, bytes.readUInt32LE(version + 8)));
      version += bytes.readUInt32LE(version + 12);
    }
    library += bytes.readUInt32LE(library + 12);
  }
  return versions;
}

/** Offsets and tags fit in a double. */
const long = (bytes, at) => Number(bytes.readBigUInt64LE(at));
