// What a follower of a chain knows of the vaults whose shares are priced there: from the journal what lies in them and how many shares there
// are, from events of their pools how much liquidity they own.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, Genesis, Leg, NetworkSpec } from '@solvent/protocol'
import { UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import type { VaultHoldings } from '../../market/concentrated/vault-holdings.ts'

interface Sides {
  readonly token0: Address
  readonly token1: Address
}

export class VaultView {
  readonly #held: UndoableMap<string, VaultHoldings>
  readonly #sides = new Map<string, Sides>()

  constructor(log: UndoLog, { oracles, markets }: NetworkSpec, { chainId, balances }: Genesis) {
    this.#held = new UndoableMap(log)
    for (const { source } of oracles) {
      if (source.kind !== 'vault-share' || this.#sides.has(source.vault)) continue
      const market = markets.find((each) => each.chainId === chainId && each.address === source.market)
      if (market?.design.kind !== 'concentrated') continue
      const own = market.design.ranges.filter(({ owner }) => owner === source.vault)
      const liquidity = own.reduce((sum, range) => sum + range.liquidity, 0n)
      this.#sides.set(source.vault, market)
      this.#held.set(source.vault, { liquidity, idle: { amount0: 0n, amount1: 0n }, shares: 0n })
    }
    for (const { token, amount } of balances) this.leg({ kind: 'SUPPLY', owner: '', token, amount: -amount })
  }

  of(vault: Address): VaultHoldings | null {
    return this.#held.get(vault) ?? null
  }

  leg({ kind, owner, token, amount }: Leg): void {
    if (kind === 'SUPPLY') this.#change(token, ({ shares }) => ({ shares: shares - amount }))
    const sides = kind === 'POOL' ? this.#sides.get(owner) : undefined
    if (sides === undefined) return
    this.#change(owner, ({ idle }) => ({
      idle: {
        amount0: idle.amount0 + (token === sides.token0 ? amount : 0n),
        amount1: idle.amount1 + (token === sides.token1 ? amount : 0n),
      },
    }))
  }

  event(event: ChainEvent): void {
    if (event.kind === 'range-minted')
      this.#change(event.owner, ({ liquidity }) => ({ liquidity: liquidity + event.liquidity }))
    if (event.kind === 'range-burned')
      this.#change(event.owner, ({ liquidity }) => ({ liquidity: liquidity - event.liquidity }))
  }

  #change(vault: string, change: (held: VaultHoldings) => Partial<VaultHoldings>): void {
    const held = this.#held.get(vault)
    if (held !== undefined) this.#held.set(vault, { ...held, ...change(held) })
  }
}
