// A byte that is not what was sent, for faults of links.

/** A copy with one byte in its middle turned over; what is empty stays so. */
export function withCorruptByte(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  const at = copy.length >> 1
  if (copy.length > 0) copy[at] = copy[at]! ^ 0xff
  return copy
}
