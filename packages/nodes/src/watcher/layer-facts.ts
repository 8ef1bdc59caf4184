// What the layers of each chain's execution environment came to, as far as blocks, feeds and nodes tell: time, capacity, how far feeds
// were from the world's prices, and what became of liquidations. Scores are the reader's: docs/models/stability.md.
import type { Address, ChainId } from '@solvent/primitives'
import { MS_PER_SECOND } from '@solvent/primitives'
import {
  type Block,
  lendingPlaces,
  type NetworkSpec,
  type OracleSpec,
  type PriceBook,
  priceAt,
} from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'
import type { CreditMeter } from './credit-meter.ts'
import type { LateCalls } from './fee-meter.ts'
import type { RevertCount } from './revert-book.ts'

export interface LayerFacts {
  readonly chainId: ChainId
  /** From the start of the run. */
  readonly seconds: number
  /** What its blocks could hold. */
  readonly gasPerSecond: number
  /** Mean distance of its price feeds from the prices that they report, relative to these; null without a feed. */
  readonly feedDeviation: number | null
  /** Null without a lending pool. */
  readonly liquidations: LiquidationFacts | null
}

export interface LiquidationFacts {
  readonly done: number
  /** That reverted for another reason than that somebody was faster, or never got into a block. */
  readonly failed: number
  /** Accounts that could be liquidated at the end. */
  readonly left: number
  /** Written off over what was repaid and written off, in the worst reserve. */
  readonly writtenOff: number
}

/** A liquidation that came second: competition, not failure. */
const LOST_RACES: readonly string[] = ['health-factor-not-below-threshold', 'not-borrowed', 'no-debt']
const SAMPLES = 500
const DIGITS = 1_000_000_000_000n

interface Answered {
  readonly number: number
  readonly at: number
  readonly answerE8: bigint
}

/** The answers of price feeds over the followed blocks. */
export class FeedMeter implements BlockBook {
  readonly #answers = new Map<Address, { readonly spec: OracleSpec; readonly answers: Answered[] }>()

  constructor({ oracles, genesisMs }: NetworkSpec) {
    for (const spec of oracles) {
      const { source } = spec
      if (source.kind !== 'feed' || source.observes !== undefined) continue
      const first = source.genesisE8
      const at = Math.floor(genesisMs / MS_PER_SECOND)
      this.#answers.set(spec.address, {
        spec,
        answers: first === null ? [] : [{ number: 0, at, answerE8: first }],
      })
    }
  }

  followed({ header: { number, timestamp }, receipts }: Block): void {
    if (this.#answers.size === 0) return
    for (const { events } of receipts)
      for (const event of events)
        if (event.kind === 'price-updated')
          this.#answers.get(event.oracle)?.answers.push({ number, at: timestamp, answerE8: event.answerE8 })
  }

  /** The newest block of its chain is no longer followed. */
  orphaned({ header: { chainId, number } }: Block): void {
    for (const { spec, answers } of this.#answers.values())
      while (spec.chainId === chainId && number > 0 && answers.at(-1)?.number === number) answers.pop()
  }

  /** Mean over the feeds of a chain and over time, at evenly spaced moments; an answer that is missing is off by all of it. */
  deviation(chainId: ChainId, prices: PriceBook, genesisSeconds: number, seconds: number): number | null {
    const feeds = [...this.#answers.values()].filter(({ spec }) => spec.chainId === chainId)
    if (feeds.length === 0 || seconds <= 0) return null
    let sum = 0n
    for (const { spec, answers } of feeds) {
      let place = -1
      for (let sample = 1; sample <= SAMPLES; sample++) {
        const elapsed = (seconds * sample) / SAMPLES
        while (place + 1 < answers.length && answers[place + 1]!.at <= genesisSeconds + elapsed) place++
        const price = priceAt(prices, spec.symbol, Math.floor(elapsed * MS_PER_SECOND))
        const answer = answers[place]?.answerE8 ?? 0n
        const gap = answer > price ? answer - price : price - answer
        const share = price <= 0n ? DIGITS : (gap * DIGITS) / price
        sum += share > DIGITS ? DIGITS : share
      }
    }
    return Number(sum / BigInt(feeds.length * SAMPLES)) / Number(DIGITS)
  }
}

export function layerFacts(
  { spec, prices }: { readonly spec: NetworkSpec; readonly prices: PriceBook },
  books: {
    readonly feeds: FeedMeter
    readonly credit: CreditMeter
    readonly reverts: (chainId: ChainId) => readonly RevertCount[]
    readonly late: (chainId: ChainId) => readonly LateCalls[]
  },
  now: number,
): LayerFacts[] {
  const genesisSeconds = Math.floor(spec.genesisMs / MS_PER_SECOND)
  const seconds = Math.max(0, now - genesisSeconds)
  const reserves = books.credit.reserves(now)
  const pools = books.credit.pools(now)
  return spec.chains.map(({ chainId, gasLimit, slotMs }) => {
    const names = lendingPlaces(spec)
      .filter((pool) => pool.chainId === chainId)
      .map(({ name }) => name)
    const here = reserves.filter(({ id }) => names.includes(id))
    const reverted = books
      .reverts(chainId)
      .filter(({ call, reason }) => call === 'liquidate' && !LOST_RACES.includes(reason))
    const givenUp = books.late(chainId).find(({ call }) => call === 'liquidate')?.givenUp ?? 0
    return {
      chainId,
      seconds,
      gasPerSecond: (gasLimit * MS_PER_SECOND) / slotMs,
      feedDeviation: books.feeds.deviation(chainId, prices, genesisSeconds, seconds),
      liquidations:
        names.length === 0
          ? null
          : {
              done: here.reduce((sum, { liquidations }) => sum + liquidations, 0),
              failed: reverted.reduce((sum, { count }) => sum + count, 0) + givenUp,
              left: pools.reduce((sum, pool) => sum + (names.includes(pool.id) ? pool.liquidatable : 0), 0),
              writtenOff: Math.max(
                0,
                ...here.map(({ badDebt, repaid }) =>
                  badDebt === 0n ? 0 : Number((badDebt * DIGITS) / (badDebt + repaid)) / Number(DIGITS),
                ),
              ),
            },
    }
  })
}
