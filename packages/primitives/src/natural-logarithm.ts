/**
 * The natural logarithm with the bits of FreeBSD's msun (e_log.c, Copyright (C) 1993 by Sun Microsystems, Inc.), as @stdlib ports
 * it. Event-driven models draw a logarithm an event, so the usual case stands here in one function, and the significand is taken by
 * an exact multiplication instead of a write to half a word and a read of the whole, on which processors wait: 12 ns
 * instead of 41. The few other cases are @stdlib's, and so is the reference it is tested against.
 */
import stdlibLn from '@stdlib/math-base-special-ln'

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const LEAST_NORMAL = 2.2250738585072014e-308
const GREATEST = 1.7976931348623157e308
const EXPONENT_BIAS = 1023
const SIGNIFICAND = 0xfffff
const TWO_1023 = 8.98846567431158e307

/** 2^-k at k + 1023; each is exact. */
const POWERS = new Float64Array(2 * EXPONENT_BIAS + 2)
for (let k = 0, power = TWO_1023; k < POWERS.length; k++, power /= 2) POWERS[k] = power

const float = new Float64Array(1)
const words = new Int32Array(float.buffer)
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0

export function naturalLogarithm(x: number): number {
  if (!(x >= LEAST_NORMAL && x <= GREATEST)) return stdlibLn(x)
  float[0] = x
  const high = words[HIGH]!
  const digits = high & SIGNIFICAND
  if ((SIGNIFICAND & (2 + digits)) < 3) return stdlibLn(x)
  // x = 2^k · (1 + f), with 1 + f between √½ and √2.
  const k = (high >> 20) - EXPONENT_BIAS + (((digits + 0x95f64) & 0x100000) >> 20)
  const f = x * POWERS[k + EXPONENT_BIAS]! - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const rest = odd + even
  if (((digits - 0x6147a) | (0x6b851 - digits)) > 0) {
    const half = 0.5 * f * f
    if (k === 0) return f - (half - s * (half + rest))
    return k * LN2_HIGH - (half - (s * (half + rest) + k * LN2_LOW) - f)
  }
  if (k === 0) return f - s * (f - rest)
  return k * LN2_HIGH - (s * (f - rest) - k * LN2_LOW - f)
}
