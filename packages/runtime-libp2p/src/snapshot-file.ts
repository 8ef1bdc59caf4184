// A node's last snapshot on disk: magic, checksum, bytes; replaced atomically. A damaged one counts as none, since
// the store holds every promise.
import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

const NAME = 'snapshot.bin'
const MAGIC = 0x53_4e_41_50
const HEADER_BYTES = 8

export function writeSnapshot(directory: string, bytes: Uint8Array): void {
  const file = join(directory, NAME)
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32BE(MAGIC, 0)
  header.writeUInt32BE(crc32(bytes), 4)
  const fd = openSync(`${file}.new`, 'w', 0o600)
  try {
    writeSync(fd, Buffer.concat([header, bytes]))
    fdatasyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(`${file}.new`, file)
}

/** The bytes of the last whole snapshot, or null. */
export function readSnapshot(directory: string): Uint8Array | null {
  const file = join(directory, NAME)
  if (!existsSync(file)) return null
  const content = readFileSync(file)
  if (content.length < HEADER_BYTES || content.readUInt32BE(0) !== MAGIC) return null
  const bytes = content.subarray(HEADER_BYTES)
  return crc32(bytes) === content.readUInt32BE(4) ? new Uint8Array(bytes) : null
}
