// The one accepted spelling of a signature: 65 bytes r‖s‖v in lower-case hex, 1 <= r < n, 1 <= s <= n/2 (EIP-2),
// v 27 or 28. Comparing equal-length hex as text compares the numbers.
const SHAPE = /^0x[0-9a-f]{128}1[bc]$/
const ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'
const HALF_ORDER = '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0'
const ZERO = '0'.repeat(64)

/**
 * Tells whether a text is a signature in canonical form; says nothing of what it signs.
 *
 * @example isCanonicalSignature('0x1234') // false
 */
export function isCanonicalSignature(text: string): boolean {
  if (text.length !== 132 || !SHAPE.test(text)) return false
  const r = text.slice(2, 66)
  const s = text.slice(66, 130)
  return r !== ZERO && r < ORDER && s !== ZERO && s <= HALF_ORDER
}
