// Vaults of ranges by the audit's own reading: liquidity from the events of their pools, what lies in them and how many shares there are from
// the journal. Amounts are the audit's real ones, so that a value may end a unit apart from the contract's.
import { type Address, type ChainId, isqrtFloor } from '@solvent/primitives'
import type { ChainEvent, MarketSpec, RangeVault, VaultShareSource } from '@solvent/protocol'
import type { ChainBook } from './book.ts'
import type { NetworkIndex } from './chain-record.ts'
import { AMOUNT_BITS, heldAt } from './range-arithmetic.ts'

type Ranged = Extract<ChainEvent, { kind: 'range-minted' | 'range-burned' }>

export interface KnownVault {
  readonly market: MarketSpec
  readonly vault: RangeVault
  readonly book: ChainBook
  liquidity: bigint
}

export interface BehindVault {
  readonly amount0: bigint
  readonly amount1: bigint
  readonly shares: bigint
}

/** A vault as whoever wants to know what its shares are claims on. */
export interface VaultBacking {
  readonly chainId: ChainId
  readonly market: Address
  /** The vault, and the token of its shares. */
  readonly vault: Address
  readonly shares: bigint
  readonly held: readonly { readonly token: Address; readonly amount: bigint }[]
}

export class VaultRecord {
  readonly #vaults = new Map<Address, KnownVault>()

  constructor({ spec, chains }: NetworkIndex) {
    for (const market of spec.markets) {
      const { design } = market
      const chain = chains.get(market.chainId)
      if (chain === undefined || design.kind !== 'concentrated') continue
      for (const vault of design.vaults) {
        const own = design.ranges.filter(({ owner }) => owner === vault.address)
        const liquidity = own.reduce((sum, range) => sum + range.liquidity, 0n)
        this.#vaults.set(vault.address, { market, vault, book: chain.book, liquidity })
      }
    }
  }

  all(): KnownVault[] {
    return [...this.#vaults.values()]
  }

  find(vault: Address): KnownVault | undefined {
    return this.#vaults.get(vault)
  }

  /** Takes a change of a position over; null: it is no vault's. */
  ranged({ kind, owner, liquidity }: Ranged): (() => void) | null {
    const known = this.#vaults.get(owner)
    if (known === undefined) return null
    const before = known.liquidity
    known.liquidity = kind === 'range-minted' ? before + liquidity : before - liquidity
    return () => {
      known.liquidity = before
    }
  }

  /** What stands behind the shares at a root of the price. */
  behind({ market, vault, book, liquidity }: KnownVault, root: bigint): BehindVault {
    const held = heldAt(root, { ...vault, liquidity })
    const idle = (token: Address): bigint => book.token(token).balance('POOL', vault.address)
    return {
      amount0: (held.amount0 >> AMOUNT_BITS) + idle(market.token0),
      amount1: (held.amount1 >> AMOUNT_BITS) + idle(market.token1),
      shares: -book.token(vault.address).balance('SUPPLY', ''),
    }
  }

  /** 10^18 shares at the two prices, in the numeraire with eight decimals; null: it cannot be told. */
  shareE8(source: VaultShareSource, price0E8: bigint, price1E8: bigint): bigint | null {
    const known = this.#vaults.get(source.vault)
    if (known === undefined || price0E8 <= 0n || price1E8 <= 0n) return null
    const [unit0, unit1] = [10n ** BigInt(source.decimals0), 10n ** BigInt(source.decimals1)]
    const root = isqrtFloor((price0E8 * unit1 * (1n << 192n)) / (price1E8 * unit0))
    const { amount0, amount1, shares } = this.behind(known, root)
    if (root === 0n || shares === 0n) return null
    const worth = amount0 * price0E8 * unit1 + amount1 * price1E8 * unit0
    return (worth * 10n ** 18n) / (unit0 * unit1 * shares)
  }
}
