/**
 * The shortest CBOR float that holds a float64 exactly: 16, 32 or 64 bits (RFC 8949 §4.2.2 first rule, §3.3).
 */

const scratch = new DataView(new ArrayBuffer(8))
const LONGEST = 9

/**
 * Writes head and body of a finite float at `at` and returns the position after it.
 * The target must have 9 bytes of room; NaN and infinities are the caller's to refuse.
 */
export function writeFloatBody(target: Uint8Array, at: number, value: number): number {
  if (Math.fround(value) !== value) {
    scratch.setFloat64(0, value)
    target[at] = 0xfb
    for (let i = 0; i < 8; i++) target[at + 1 + i] = scratch.getUint8(i)
    return at + LONGEST
  }
  scratch.setFloat32(0, value)
  const bits = scratch.getUint32(0)
  const half = halfBits(bits)
  if (half >= 0) {
    target[at] = 0xf9
    target[at + 1] = half >>> 8
    target[at + 2] = half
    return at + 3
  }
  target[at] = 0xfa
  for (let i = 0; i < 4; i++) target[at + 1 + i] = scratch.getUint8(i)
  return at + 5
}

/** The binary16 pattern of a binary32 pattern, or -1 when it does not fit exactly. */
function halfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const exponent = (bits >>> 23) & 0xff
  const mantissa = bits & 0x7fffff
  if (exponent === 0) return mantissa === 0 ? sign : -1
  const unbiased = exponent - 127
  if (unbiased >= -14 && unbiased <= 15) {
    return (mantissa & 0x1fff) === 0 ? sign | ((unbiased + 15) << 10) | (mantissa >>> 13) : -1
  }
  if (unbiased >= -24 && unbiased < -14) {
    // Subnormal half: the implicit one joins the mantissa and both shift right until the exponent is -14.
    const whole = mantissa | 0x800000
    const shift = -unbiased - 1
    return whole % (1 << shift) === 0 ? sign | (whole >>> shift) : -1
  }
  return -1
}
