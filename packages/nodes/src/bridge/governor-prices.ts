// What a verifier's governor takes tokens to be worth: the configured price, or what an oracle on a chain says when that is more. An answer that
// is too old counts for nothing, as when the Governor's query fails and it goes back to its configured prices. Source:
// Wormhole, node/pkg/governor/governor_prices.go (updatePrice, revertAllPrices), where CoinGecko answers.
import type { Address, Hash32 } from '@solvent/primitives'
import type { Block, GovernedToken, TransferGovernor } from '@solvent/protocol'
import type { SettlementRules } from '@solvent/settlement'

interface Answer {
  readonly block: Hash32
  /** Unix seconds of its chain. */
  readonly at: number
  readonly answerE8: bigint
}

/** Answers of an oracle that a re-org may take back, at most. */
const MAX_ANSWERS = 256

export class GovernorPrices {
  readonly #rules: Pick<SettlementRules, 'governorPriceE8'>
  readonly #genesis: number
  /** By oracle, the newest last. */
  readonly #answers = new Map<Address, Answer[]>()

  constructor(
    tokens: TransferGovernor['tokens'],
    genesisSeconds: number,
    rules: Pick<SettlementRules, 'governorPriceE8'>,
  ) {
    this.#rules = rules
    this.#genesis = genesisSeconds
    for (const { source } of tokens) if (source !== undefined) this.#answers.set(source.oracle, [])
  }

  /** A followed block. */
  onBlock({ header, hash, receipts }: Block): void {
    if (this.#answers.size === 0) return
    for (const { events } of receipts)
      for (const event of events) {
        const known = event.kind === 'price-updated' ? this.#answers.get(event.oracle) : undefined
        if (known === undefined || event.kind !== 'price-updated') continue
        known.push({ block: hash, at: header.timestamp, answerE8: event.answerE8 })
        if (known.length > MAX_ANSWERS) known.shift()
      }
  }

  onOrphaned({ hash }: Block): void {
    for (const known of this.#answers.values()) while (known.at(-1)?.block === hash) known.pop()
  }

  /** What a unit counts for at a moment, Unix seconds; until an oracle has answered, the price of the start is its answer. */
  priceE8({ floorE8, dynamicE8, source }: GovernedToken, now: number): bigint {
    if (source === undefined) return this.#rules.governorPriceE8(floorE8, dynamicE8)
    const newest = this.#answers.get(source.oracle)?.at(-1) ?? { at: this.#genesis, answerE8: dynamicE8 }
    const isStale = now - newest.at > source.maxAgeSeconds
    return this.#rules.governorPriceE8(floorE8, isStale ? 0n : newest.answerE8)
  }
}
