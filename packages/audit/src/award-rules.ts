// Auction results, O-14: ranking, feasibility and price recomputed from the bids that the award reveals.
// Source: the O-14 line of the catalogue (ties by solver, then bid hash); Krishna, Auction Theory §2.1 for the prices.
import { type Address, type ChainId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type AuctionRule,
  type Award,
  awardDigest,
  type BatchOutcome,
  type ConsistencyShares,
  type NetworkSpec,
  type Order,
  orderDigest,
  type RevealedBid,
  type SignedAward,
} from '@solvent/protocol'
import { batchProblem } from './batch-problem.ts'
import type { Scope } from './chain-record.ts'
import { consistencyProblem } from './consistency-problem.ts'
import type { SignatureCheck } from './signature-check.ts'
import type { Tally } from './tally.ts'

/** After the bidding a committee has so long to open bids, and each member waits so long for those before it. */
const REVEAL_SECONDS = 10
const TURN_SECONDS = 10

export class AwardRules {
  readonly #tally: Tally
  readonly #check: SignatureCheck
  /** Signatures of awards that have passed; the opening and the fill bring the same one. */
  readonly #passed = new Map<string, Award['orderId']>()

  readonly #committee: readonly Address[]

  constructor(tally: Tally, check: SignatureCheck, { auctioneers, sealCommittee }: NetworkSpec) {
    this.#tally = tally
    this.#check = check
    const addressOf = new Map(auctioneers.map(({ node, address }) => [node, address]))
    this.#committee = (sealCommittee?.members ?? []).map((member) => addressOf.get(member) ?? ZERO_ADDRESS)
  }

  /** An award that a chain acted on. */
  used(scope: Scope, orderId: Award['orderId'], order: Order, signed: SignedAward | null): void {
    if (signed === null || order.award.by !== 'auctioneer' || scope.timestamp > order.award.exclusiveUntil)
      return
    this.#tally.checked['O-14']++
    if (this.#passed.get(signed.signature) === orderId) return
    const problem = this.#check(awardDigest(signed.award), signed.signature, signed.award.auctioneer)
    const fault =
      problem === null
        ? (this.#turnProblem(order, signed.award, scope.timestamp) ??
          awardProblem(orderId, order, signed.award))
        : `its signature ${problem}`
    if (fault === null) this.#passed.set(signed.signature, orderId)
    else this.#breach(scope.atMs, scope.chain.chainId, orderId, fault)
  }

  /** An award as its auctioneer decided it. */
  closed(atMs: number, award: Award, order: Order, weightsPpm?: readonly number[]): void {
    this.#tally.checked['O-14']++
    const fault =
      this.#turnProblem(order, award, null) ??
      awardProblem(orderDigest(order), order, award) ??
      selectionProblem(order, award, weightsPpm)
    if (fault !== null) this.#breach(atMs, null, award.orderId, fault)
  }

  /** A batch as its auctioneer decided it. */
  batchClosed(atMs: number, batch: BatchOutcome): void {
    this.#tally.checked['O-14']++
    const fault = batchProblem(batch)
    if (fault !== null)
      this.#tally.breach(
        'O-14',
        atMs,
        null,
        `the batch of ${batch.auctioneer} at ${batch.closesAt}: ${fault}`,
      )
  }

  /** A period of batches as its auctioneer shared what it left. */
  shared(atMs: number, node: string, shares: ConsistencyShares): void {
    this.#tally.checked['O-14']++
    const fault = consistencyProblem(shares)
    if (fault !== null) this.#tally.breach('O-14', atMs, null, `the consistency budget of ${node}: ${fault}`)
  }

  /** By somebody else than the order names only in a committee, and where a chain acts on it no sooner than ten seconds for each member before it. */
  #turnProblem({ award: rule }: Order, { auctioneer }: Award, atSeconds: number | null): string | null {
    if (rule.by !== 'auctioneer' || auctioneer === rule.auctioneer) return null
    const named = this.#committee.indexOf(rule.auctioneer)
    const own = this.#committee.indexOf(auctioneer)
    if (named < 0 || own < 0 || rule.rule !== 'sealed-encrypted')
      return `is by ${auctioneer}, the order names ${rule.auctioneer}`
    const turn = own > named ? own - named : own - named + this.#committee.length
    const from = rule.closesAt + REVEAL_SECONDS + turn * TURN_SECONDS
    return atSeconds === null || atSeconds >= from
      ? null
      : `is by ${auctioneer}, whose turn comes at ${from}, and it is ${atSeconds}`
  }

  #breach(atMs: number, chainId: ChainId | null, orderId: string, fault: string): void {
    this.#tally.breach('O-14', atMs, chainId, `the award of order ${orderId}: ${fault}`)
  }
}

/** What the winner owes under rules where it is not its own bid. */
const OWED: Readonly<
  Partial<Record<AuctionRule, (bids: readonly RevealedBid[], reserve: bigint) => bigint>>
> = {
  'second-price': (bids, reserve) => bids[1]?.outputAmount ?? reserve,
}

function awardProblem(orderId: Award['orderId'], order: Order, award: Award): string | null {
  const rule = order.award
  if (rule.by !== 'auctioneer') return 'the order is not auctioned'
  if (award.orderId !== orderId) return `names order ${award.orderId}`
  const { bids, winner, outputAmount } = award
  const reserve = order.output.minAmount
  for (let i = 0; i < bids.length; i++) {
    const bid = bids[i]!
    if (bid.outputAmount < reserve)
      return `bid ${bid.bidHash} of ${bid.outputAmount} is below the reserve ${reserve}`
    if (i > 0 && !ranksBefore(bids[i - 1]!, bid))
      return `bid ${bid.bidHash} is not ranked after the one before it`
    if (rule.rule !== 'fair-combinatorial')
      for (let j = 0; j < i; j++) if (bids[j]!.solver === bid.solver) return `solver ${bid.solver} bids twice`
  }
  if (rule.rule === 'fair-combinatorial') {
    const isOffered = bids.some((bid) => bid.solver === winner && bid.outputAmount === outputAmount)
    if (!isOffered && (winner !== ZERO_ADDRESS || outputAmount !== 0n))
      return `owes ${outputAmount} of ${winner}, which no solution offers`
    return null
  }
  if (bids.length === 0)
    return winner === ZERO_ADDRESS && outputAmount === 0n ? null : `names ${winner} without a bid`
  if (rule.rule === 'reputation') {
    const own = bids.find(({ solver }) => solver === winner)
    if (own === undefined) return `names ${winner}, who has not bid`
    return owesProblem(award, rule, own.outputAmount)
  }
  const best = bids[0]!
  if (winner !== best.solver) return `names ${winner}, the best bid is ${best.outputAmount} of ${best.solver}`
  return owesProblem(award, rule, OWED[rule.rule]?.(bids, reserve) ?? best.outputAmount)
}

function owesProblem(
  { outputAmount, exclusiveUntil }: Award,
  rule: Extract<Order['award'], { by: 'auctioneer' }>,
  owed: bigint,
): string | null {
  if (outputAmount !== owed) return `owes ${outputAmount}, ${rule.rule} makes it ${owed}`
  return exclusiveUntil === rule.exclusiveUntil
    ? null
    : `is exclusive until ${exclusiveUntil}, the order says ${rule.exclusiveUntil}`
}

/** Where records select: no other bid has a higher product of surplus and weight, and of those that have as high a one the winner's is the best. */
function selectionProblem(
  { award: rule, output }: Order,
  { bids, winner }: Award,
  weightsPpm: readonly number[] | undefined,
): string | null {
  if (rule.by !== 'auctioneer' || rule.rule !== 'reputation' || weightsPpm === undefined) return null
  if (weightsPpm.length !== bids.length || weightsPpm.some((weight) => weight < 0 || weight > 1_000_000))
    return `weighs ${bids.length} bids by ${weightsPpm.join(', ')}`
  const scores = bids.map(
    ({ outputAmount }, index) => (outputAmount - output.minAmount) * BigInt(weightsPpm[index]!),
  )
  const won = bids.findIndex(({ solver }) => solver === winner)
  const better = scores.findIndex(
    (score, index) => score > scores[won]! || (score === scores[won] && index < won),
  )
  return better < 0 ? null : `names ${winner}, ${bids[better]!.solver} has the higher score by its record`
}

/** Lower-case hex of one length compares as its number. */
function ranksBefore(a: RevealedBid, b: RevealedBid): boolean {
  if (a.outputAmount !== b.outputAmount) return a.outputAmount > b.outputAmount
  if (a.solver !== b.solver) return a.solver < b.solver
  return a.bidHash < b.bidHash
}
