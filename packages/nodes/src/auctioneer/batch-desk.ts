// Batches: solutions for all orders whose bidding ends in the same second, decided together as a fair combinatorial auction (CoW Protocol:
// docs …/auctions/competition_rules.md). Scores are surplus over the limits, in the numeraire times 10^8 at the auctioneer's prices.
import { fairCombinatorial, type Solution as ScoredSolution } from '@solvent/mechanisms'
import {
  type Address,
  decodeCanonical,
  encodeCanonical,
  mulDivFloor,
  type OrderId,
  wholeUnit,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import {
  type Award,
  type BatchLot,
  type BatchOutcome,
  type Order,
  type RefusalReason,
  type SignedSolution,
  type SolutionItem,
  solutionDigest,
} from '@solvent/protocol'
import type { NetworkFacts } from '../solver/network-facts.ts'
import type { Auction } from './auction-pool.ts'
import type { AuctioneerPorts } from './auctioneer-init.ts'
import { MAX_REVEALED_BIDS } from './award-of.ts'

/** CoW takes three solutions of a solver; here each pair needs one of its own. */
const MOST_OF_A_SOLVER = 16
const KEPT = 'auction/solution/'

interface Offered extends ScoredSolution {
  readonly signed: SignedSolution
}

export interface DecidedBatch {
  readonly outcome: BatchOutcome
  /** One for every order of the batch, won or not. */
  readonly awards: ReadonlyMap<OrderId, Award>
  /** Hashes of the solutions that left a pair below its reference. */
  readonly filtered: ReadonlySet<string>
}

export class BatchDesk {
  readonly #ports: AuctioneerPorts
  readonly #facts: NetworkFacts
  /** Solutions by their hash, by the second in which their bidding ends. */
  readonly #batches = new Map<number, Map<string, SignedSolution>>()

  constructor(ports: AuctioneerPorts, facts: NetworkFacts) {
    this.#ports = ports
    this.#facts = facts
  }

  /** After a restart. */
  resume(): void {
    const { store } = this.#ports
    for (const key of store.keys(KEPT)) {
      const bytes = store.get(key)
      if (bytes !== undefined) this.#keep(decodeCanonical(bytes) as unknown as SignedSolution)
    }
  }

  /** Takes a solution whose orders are all known, or says why not; null: it counts. */
  add(
    signed: SignedSolution,
    find: (orderId: OrderId) => Auction | undefined,
    nowSeconds: number,
  ): RefusalReason | null {
    const { solution } = signed
    if (nowSeconds > solution.closesAt) return 'auction-closed'
    for (const { orderId, outputAmount } of solution.items) {
      const auction = find(orderId)
      if (auction === undefined) return 'unknown-order'
      const { award, output } = auction.order
      if (award.rule !== 'fair-combinatorial' || award.closesAt !== solution.closesAt) return 'not-my-order'
      if (outputAmount < output.minAmount) return 'below-minimum'
    }
    const hash = solutionDigest(solution)
    const known = this.#batches.get(solution.closesAt)
    if (known?.has(hash) === true) return null
    const own = [...(known?.values() ?? [])].filter((each) => each.solution.solver === solution.solver)
    if (own.length >= MOST_OF_A_SOLVER) return 'duplicate'
    this.#keep(signed)
    this.#ports.store.put(`${KEPT}${solution.closesAt}/${hash}`, encodeCanonical(signed))
    return null
  }

  /** Decides a batch that has closed, and forgets its solutions. */
  decide(auctioneer: Address, closesAt: number, auctions: readonly Auction[]): DecidedBatch {
    const lots = new Map(auctions.map(({ orderId, order }) => [orderId, this.#lotOf(orderId, order)]))
    const offered = [...(this.#batches.get(closesAt) ?? [])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([hash, signed]): Offered => ({
          id: hash,
          solver: signed.solution.solver,
          scores: scoresOf(signed.solution.items, lots),
          signed,
        }),
      )
    const { winners, referenceScores, filteredOut } = fairCombinatorial(offered)
    const winnerOf = new Map<OrderId, { readonly solver: Address; readonly item: SolutionItem }>()
    for (const { signed } of winners)
      for (const item of signed.solution.items)
        winnerOf.set(item.orderId, { solver: signed.solution.solver, item })
    const outcome: BatchOutcome = {
      auctioneer,
      closesAt,
      lots: [...lots.values()],
      solutions: offered.map(({ id, signed }) => ({
        hash: id as BatchOutcome['winners'][number],
        solver: signed.solution.solver,
        items: signed.solution.items,
      })),
      winners: winners.map(({ id }) => id as BatchOutcome['winners'][number]),
      rewards: [...referenceScores].map(([solver, reference]) => ({
        solver: solver as Address,
        score: winners.reduce((sum, each) => (each.solver === solver ? sum + totalOf(each) : sum), 0n),
        reference,
      })),
    }
    const awards = auctions.map(({ orderId, order }): [OrderId, Award] => {
      const won = winnerOf.get(orderId)
      return [
        orderId,
        {
          orderId,
          auctioneer,
          winner: won?.solver ?? ZERO_ADDRESS,
          outputAmount: won?.item.outputAmount ?? 0n,
          exclusiveUntil: order.award.exclusiveUntil,
          bids: bidsFor(orderId, offered, won?.solver),
        },
      ]
    })
    for (const { id } of offered) this.#ports.store.delete(`${KEPT}${closesAt}/${id}`)
    this.#batches.delete(closesAt)
    return { outcome, awards: new Map(awards), filtered: new Set(filteredOut.map(({ id }) => id)) }
  }

  #keep(signed: SignedSolution): void {
    const { closesAt } = signed.solution
    const batch = this.#batches.get(closesAt) ?? new Map<string, SignedSolution>()
    this.#batches.set(closesAt, batch.set(solutionDigest(signed.solution), signed))
  }

  #lotOf(orderId: OrderId, { originChainId, input, output }: Order): BatchLot {
    const token = this.#facts.token(output.chainId, output.token)
    return {
      orderId,
      pair: `${originChainId}/${input.token}/${output.chainId}/${output.token}`,
      minAmount: output.minAmount,
      priceE8: token?.priceE8 ?? 0n,
      decimals: token?.decimals ?? 0,
    }
  }
}

function scoresOf(
  items: readonly SolutionItem[],
  lots: ReadonlyMap<OrderId, BatchLot>,
): ReadonlyMap<string, bigint> {
  const scores = new Map<string, bigint>()
  for (const { orderId, outputAmount } of items) {
    const lot = lots.get(orderId)
    if (lot === undefined) continue
    const score = mulDivFloor(outputAmount - lot.minAmount, lot.priceE8, wholeUnit(lot.decimals))
    scores.set(lot.pair, (scores.get(lot.pair) ?? 0n) + score)
  }
  return scores
}

function totalOf({ scores }: ScoredSolution): bigint {
  return [...scores.values()].reduce((sum, score) => sum + score, 0n)
}

/** What was offered for one order, best first; the winner's stays when there are too many. */
function bidsFor(orderId: OrderId, offered: readonly Offered[], winner: Address | undefined): Award['bids'] {
  const bids = offered.flatMap(({ id, signed }) => {
    const item = signed.solution.items.find((each) => each.orderId === orderId)
    if (item === undefined) return []
    const { solver } = signed.solution
    return [{ solver, outputAmount: item.outputAmount, bidHash: id as Award['bids'][number]['bidHash'] }]
  })
  const ranked = bids.sort((a, b) =>
    a.outputAmount !== b.outputAmount
      ? a.outputAmount > b.outputAmount
        ? -1
        : 1
      : a.solver !== b.solver
        ? a.solver < b.solver
          ? -1
          : 1
        : a.bidHash < b.bidHash
          ? -1
          : 1,
  )
  if (ranked.length <= MAX_REVEALED_BIDS) return ranked
  const own = ranked.filter(({ solver }) => solver === winner)
  return ranked.filter((bid, index) => index < MAX_REVEALED_BIDS - own.length || bid.solver === winner)
}
