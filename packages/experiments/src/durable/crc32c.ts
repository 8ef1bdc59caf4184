// CRC-32C (Castagnoli), which frames records. Source: RFC 3720, appendix B.4; polynomial 0x1EDC6F41, reflected.

const TABLE = new Uint32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  TABLE[byte] = value
}

/** @example crc32c(new TextEncoder().encode('123456789')).toString(16) // 'e3069283' */
export function crc32c(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (let at = 0; at < bytes.length; at++) value = TABLE[(value ^ bytes[at]!) & 0xff]! ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
