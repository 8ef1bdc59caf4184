// Shares that can be checked: whoever shares a secret publishes its polynomial in the exponent, and every share can be held against that without
// the secret (Feldman, A practical scheme for non-interactive verifiable secret sharing, FOCS 1987), in the group of secp256k1. What is published
// hides the secret as well as a public key does its private one, so that it must be as hard to guess.
import { secp256k1 } from '@noble/curves/secp256k1'
import { SolventError } from '@solvent/primitives'
import { type SecretShare, SHARE_FIELD } from './threshold-seal.ts'

const { ProjectivePoint: Point } = secp256k1

/**
 * The polynomial in the exponent: a point for the secret and for each coefficient, compressed, 66 hex digits each.
 *
 * @throws SolventError E_RANGE when one of them is 0 or no element of the field
 */
export function commitPolynomial(secret: bigint, coefficients: readonly bigint[]): string[] {
  return [secret, ...coefficients].map((element) => {
    if (element > 0n && element < SHARE_FIELD) return Point.BASE.multiply(element).toHex(true)
    throw new SolventError({
      code: 'E_RANGE',
      message: 'A polynomial cannot be committed to.',
      details: { got: element, allowed: 'elements from 1 to the order of secp256k1, less 1' },
    })
  })
}

/** Whether a share lies on the committed polynomial: value · G = Σ member^j · C_j. False for points that are none. */
export function isShareOf({ member, value }: SecretShare, commitments: readonly string[]): boolean {
  if (value <= 0n || value >= SHARE_FIELD || commitments.length === 0) return false
  try {
    const points = commitments.map((hex) => Point.fromHex(hex))
    const sum = points.reduceRight((rest, point) => timesSmall(rest, member).add(point), Point.ZERO)
    return sum.equals(Point.BASE.multiply(value))
  } catch {
    return false
  }
}

/** By doubling and adding: members are small numbers. */
function timesSmall(point: InstanceType<typeof Point>, factor: number): InstanceType<typeof Point> {
  let product = Point.ZERO
  for (const bit of factor.toString(2)) {
    product = product.double()
    if (bit === '1') product = product.add(point)
  }
  return product
}
