// Bids sealed to a committee: the amount is masked by a hash of a secret, and the secret is shared out so that any `threshold` members
// open it and fewer learn nothing (Shamir, How to share a secret, CACM 22, 1979). Also the plain commitment, which only its maker opens.
import { hashCanonical, SolventError } from '@solvent/primitives'

/** The field of the shares: the order of secp256k1's group (SEC 2 §2.4.1), so that they can be checked in it (share-commitments.ts). */
export const SHARE_FIELD = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141n

export interface SecretShare {
  /** 1, 2, 3 …: which member holds it. */
  readonly member: number
  readonly value: bigint
}

/**
 * Shares of a secret for `members`, of which as many as there are coefficients and one more open it.
 *
 * @param coefficients uniform field elements, drawn by the caller; threshold − 1 of them
 * @throws SolventError E_RANGE when the secret is no field element or there are fewer members than the threshold
 */
export function shareSecret(secret: bigint, coefficients: readonly bigint[], members: number): SecretShare[] {
  const threshold = coefficients.length + 1
  if (secret < 0n || secret >= SHARE_FIELD || members < threshold)
    throw new SolventError({
      code: 'E_RANGE',
      message: 'A secret cannot be shared like this.',
      details: {
        members,
        threshold,
        allowed: 'a secret below the order of secp256k1, no fewer members than the threshold',
      },
    })
  return Array.from({ length: members }, (_, index) => {
    const x = BigInt(index + 1)
    const value = [secret, ...coefficients].reduceRight((sum, each) => (sum * x + each) % SHARE_FIELD, 0n)
    return { member: index + 1, value }
  })
}

/** What the shares determine (Lagrange at zero): the secret when there are enough of them, and something else when not. */
export function recoverSecret(shares: readonly SecretShare[]): bigint {
  let secret = 0n
  for (const { member, value } of shares) {
    let weight = 1n
    for (const { member: other } of shares)
      if (other !== member)
        weight =
          (((weight * BigInt(other)) % SHARE_FIELD) * inverse(mod(BigInt(other - member)))) % SHARE_FIELD
    secret = mod(secret + value * weight)
  }
  return secret
}

/** The amount, masked for one bid; masking again gives it back. */
export function maskAmount(amount: bigint, secret: bigint, bidId: string): bigint {
  return amount ^ BigInt(hashCanonical(['seal', secret, bidId]))
}

/** A binding and hiding commitment to an amount; the salt must be unguessable. */
export function commitAmount(amount: bigint, salt: string): string {
  return hashCanonical(['commit', amount, salt])
}

function mod(x: bigint): bigint {
  return ((x % SHARE_FIELD) + SHARE_FIELD) % SHARE_FIELD
}

/** By Fermat: x^(p−2). */
function inverse(x: bigint): bigint {
  let base = x
  let power = SHARE_FIELD - 2n
  let product = 1n
  while (power > 0n) {
    if ((power & 1n) === 1n) product = (product * base) % SHARE_FIELD
    base = (base * base) % SHARE_FIELD
    power >>= 1n
  }
  return product
}
