// A bid sealed to a committee, and opened again: amount and signature are masked with a key, and the key is shared out (Shamir 1979). The
// key follows from the signature, which nobody else can make, so that a bid is sealed the same way after a restart.
import { maskAmount, recoverSecret, type SecretShare, shareSecret } from '@solvent/mechanisms'
import { type Hash32, hashCanonical } from '@solvent/primitives'
import {
  bidCommitment,
  MASKED_WORDS,
  type SealCommittee,
  type SealedBid,
  type SignedBid,
} from '@solvent/protocol'

/** Hex digits of a word, and where in `0x r s v` each word of a signature ends. */
const WORD_DIGITS = 64
const R_END = 2 + WORD_DIGITS
const S_END = R_END + WORD_DIGITS

/** What every member gets, and the share of each, in the committee's order. */
export function sealBid(
  signed: SignedBid,
  { members, threshold }: SealCommittee,
): { readonly masked: readonly bigint[]; readonly shares: readonly bigint[] } {
  const { bid, signature } = signed
  const key = fieldElement(signature, 0)
  const coefficients = Array.from({ length: threshold - 1 }, (_, index) => fieldElement(signature, index + 1))
  const words = [
    bid.outputAmount,
    BigInt(signature.slice(0, R_END)),
    BigInt(`0x${signature.slice(R_END, S_END)}`),
    BigInt(`0x${signature.slice(S_END)}`),
  ]
  return {
    masked: maskWords(words, key, bidCommitment(signed)),
    shares: shareSecret(key, coefficients, members.length).map(({ value }) => value),
  }
}

/** The bid, if these shares open what its solver has committed to; null when they are too few or one of them is wrong. */
export function openBid(
  { orderId, auctioneer, solver, commitment }: SealedBid,
  masked: readonly bigint[],
  shares: readonly SecretShare[],
): SignedBid | null {
  const words = maskWords(masked, recoverSecret(shares), commitment)
  const [outputAmount, r, s, v] = words
  if (outputAmount === undefined || r === undefined || s === undefined || v === undefined) return null
  const digits = [r, s].map((word) => word.toString(16).padStart(WORD_DIGITS, '0')).join('')
  const signature = `0x${digits}${v.toString(16).padStart(2, '0')}` as const
  const signed: SignedBid = { bid: { orderId, auctioneer, solver, outputAmount }, signature }
  return bidCommitment(signed) === commitment ? signed : null
}

function maskWords(words: readonly bigint[], key: bigint, commitment: Hash32): bigint[] {
  return words
    .slice(0, MASKED_WORDS)
    .map((word, index) => maskAmount(word, key, `${commitment}/${String(index)}`))
}

/** 254 bits of a hash: below the field's prime. */
function fieldElement(signature: string, index: number): bigint {
  return BigInt(hashCanonical(['seal key', signature, index])) >> 2n
}
