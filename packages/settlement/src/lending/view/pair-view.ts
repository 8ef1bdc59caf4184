// What a follower of a chain knows of the pairs whose shares are priced there: reserves and shares, from journal and events.
import type { Address } from '@solvent/primitives'
import { type Genesis, type Leg, marketShareToken, type NetworkSpec } from '@solvent/protocol'
import { UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import type { PoolHoldings } from '../../market/contract/market-contract.ts'

export class PairView {
  readonly #held: UndoableMap<Address, PoolHoldings>
  readonly #marketOf = new Map<Address, Address>()

  constructor(log: UndoLog, { oracles, markets }: NetworkSpec, { chainId, balances }: Genesis) {
    this.#held = new UndoableMap(log)
    const priced = new Set(oracles.flatMap(({ source }) => (source.kind === 'lp-share' ? source.market : [])))
    for (const market of markets) {
      const { address, token0, token1 } = market
      if (market.chainId !== chainId || !priced.has(address)) continue
      const shareToken = marketShareToken(market)
      this.#marketOf.set(shareToken, address)
      const held = { reserve0: 0n, reserve1: 0n, shares: 0n }
      for (const { kind, owner, token, amount } of balances) {
        if (token === shareToken) held.shares += amount
        if (kind !== 'POOL' || owner !== address) continue
        if (token === token0) held.reserve0 += amount
        if (token === token1) held.reserve1 += amount
      }
      this.#held.set(address, held)
    }
  }

  of(market: Address): PoolHoldings | null {
    return this.#held.get(market) ?? null
  }

  leg({ kind, token, amount }: Leg): void {
    const market = kind === 'SUPPLY' ? this.#marketOf.get(token) : undefined
    const held = market === undefined ? undefined : this.#held.get(market)
    if (market !== undefined && held !== undefined)
      this.#held.set(market, { ...held, shares: held.shares - amount })
  }

  synced(market: Address, reserve0: bigint, reserve1: bigint): void {
    const held = this.#held.get(market)
    if (held !== undefined) this.#held.set(market, { ...held, reserve0, reserve1 })
  }
}
