// What a watcher measures of algorithmic stablecoins, over the followed blocks: what was redeemed and issued, and what became of
// both supplies. Base units.
import type { Address, ChainId } from '@solvent/primitives'
import type { Block, ChainEvent, Genesis, NetworkSpec, StablecoinSpec } from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'

export interface StablecoinOutcome {
  readonly id: string
  readonly chainId: ChainId
  readonly exchanges: number
  /** Stablecoin burned and minted. */
  readonly redeemed: bigint
  readonly issued: bigint
  /** Token minted and burned. */
  readonly tokenMinted: bigint
  readonly tokenBurned: bigint
  /** In circulation at the start; what is there in the end follows. */
  readonly stableAtStart: bigint
  readonly tokenAtStart: bigint
  /** The token's price in pegs at the exchange when it was least, 8 decimals; null before the first. */
  readonly lowPriceE8: bigint | null
  /** The largest part of its worth that an exchange did not pay, basis points rounded down. */
  readonly worstSpreadBps: number
}

type Exchanged = Extract<ChainEvent, { kind: 'stablecoin-exchanged' }>

interface Tracked {
  readonly spec: StablecoinSpec
  readonly genesis: Genesis | undefined
  readonly exchanges: { readonly number: number; readonly event: Exchanged }[]
}

const BPS = 10_000n

export class StablecoinMeter implements BlockBook {
  readonly #stablecoins: ReadonlyMap<Address, Tracked>

  constructor({ stablecoins }: NetworkSpec, genesis: readonly Genesis[]) {
    this.#stablecoins = new Map(
      stablecoins.map((spec) => [
        spec.address,
        { spec, genesis: genesis.find(({ chainId }) => chainId === spec.chainId), exchanges: [] },
      ]),
    )
  }

  followed({ header: { chainId, number }, receipts }: Block): void {
    if (this.#stablecoins.size === 0) return
    for (const { events } of receipts)
      for (const event of events) {
        if (event.kind !== 'stablecoin-exchanged') continue
        const tracked = this.#stablecoins.get(event.stablecoin)
        if (tracked?.spec.chainId === chainId) tracked.exchanges.push({ number, event })
      }
  }

  /** The newest block of its chain is no longer followed. */
  orphaned({ header: { chainId, number } }: Block): void {
    for (const { spec, exchanges } of this.#stablecoins.values())
      while (spec.chainId === chainId && exchanges.at(-1)?.number === number) exchanges.pop()
  }

  outcomes(): StablecoinOutcome[] {
    return [...this.#stablecoins.values()].map(({ spec, genesis, exchanges }) => {
      const events = exchanges.map(({ event }) => event)
      const redeemed = events.filter(({ direction }) => direction === 'redeem')
      const issued = events.filter(({ direction }) => direction === 'issue')
      const prices = events.map(({ priceE8 }) => priceE8)
      return {
        id: spec.name,
        chainId: spec.chainId,
        exchanges: events.length,
        redeemed: sum(redeemed.map(({ amountIn }) => amountIn)),
        issued: sum(issued.map(({ amountOut }) => amountOut)),
        tokenMinted: sum(redeemed.map(({ amountOut }) => amountOut)),
        tokenBurned: sum(issued.map(({ amountIn }) => amountIn)),
        stableAtStart: supplyOf(genesis, spec.stable),
        tokenAtStart: supplyOf(genesis, spec.token),
        lowPriceE8: prices.reduce<bigint | null>(
          (low, each) => (low === null || each < low ? each : low),
          null,
        ),
        worstSpreadBps: Math.max(0, ...events.map(spreadBps)),
      }
    })
  }
}

function spreadBps({ fee, amountOut }: Exchanged): number {
  return Number((fee * BPS) / (fee + amountOut))
}

function supplyOf(genesis: Genesis | undefined, token: Address): bigint {
  return sum((genesis?.balances ?? []).filter((each) => each.token === token).map(({ amount }) => amount))
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, each) => total + each, 0n)
}
