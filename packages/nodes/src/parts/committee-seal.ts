// A bid sealed to a committee, and opened again: amount and signature are masked with a key, and the key is shared out so that each share can be
// checked (Feldman 1987). The key follows from the signature, which nobody else can make, so that a bid is sealed the same way after a restart.
import {
  commitPolynomial,
  isShareOf,
  maskAmount,
  recoverSecret,
  type SecretShare,
  shareSecret,
} from '@solvent/mechanisms'
import { hashCanonical } from '@solvent/primitives'
import {
  type BidDealing,
  type BidShare,
  bidCommitment,
  dealingCommitment,
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
): { readonly dealing: BidDealing; readonly shares: readonly bigint[] } {
  const { bid, signature } = signed
  const key = fieldElement(signature, 0)
  const coefficients = Array.from({ length: threshold - 1 }, (_, index) => fieldElement(signature, index + 1))
  const words = [
    bid.outputAmount,
    BigInt(signature.slice(0, R_END)),
    BigInt(`0x${signature.slice(R_END, S_END)}`),
    BigInt(`0x${signature.slice(S_END)}`),
  ]
  const points = commitPolynomial(key, coefficients)
  return {
    dealing: { opens: bidCommitment(signed), masked: maskWords(words, key, points), points },
    shares: shareSecret(key, coefficients, members.length).map(({ value }) => value),
  }
}

/** Whether a member (1, 2, 3 …) holds what its solver has signed, and a share that lies on the polynomial which stands there. */
export function isSoundShare(share: BidShare, member: number, { threshold }: SealCommittee): boolean {
  const { sealed, points } = share
  if (points.length !== threshold || sealed.commitment !== dealingCommitment(share)) return false
  return isShareOf({ member, value: share.share }, points)
}

/** The bid, if these shares open what its solver has dealt; null when they are too few or it has dealt something else than it signed. */
export function openBid(
  { orderId, auctioneer, solver }: SealedBid,
  { opens, masked, points }: BidDealing,
  shares: readonly SecretShare[],
): SignedBid | null {
  const words = maskWords(masked, recoverSecret(shares), points)
  const [outputAmount, r, s, v] = words
  if (outputAmount === undefined || r === undefined || s === undefined || v === undefined) return null
  const digits = [r, s].map((word) => word.toString(16).padStart(WORD_DIGITS, '0')).join('')
  const signature = `0x${digits}${v.toString(16).padStart(2, '0')}` as const
  const signed: SignedBid = { bid: { orderId, auctioneer, solver, outputAmount }, signature }
  return bidCommitment(signed) === opens ? signed : null
}

function maskWords(words: readonly bigint[], key: bigint, points: readonly string[]): bigint[] {
  return words
    .slice(0, MASKED_WORDS)
    .map((word, index) => maskAmount(word, key, `${points[0] ?? ''}/${String(index)}`))
}

/** 254 bits of a hash: below the order of the shares' field, and not 0 but for one in so many. */
function fieldElement(signature: string, index: number): bigint {
  return BigInt(hashCanonical(['seal key', signature, index])) >> 2n
}
