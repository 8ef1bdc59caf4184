// The liquidity pools of bridges, as far as blocks tell: their cash, how much of it is out, and who waits. A solver that
// moves its own money asks what a payout would cost and whether it would be made at once. What is out is reckoned from
// what was paid, without the fees that stay: a fee estimated from it is low by a part in ten thousand or so.
import { type Address, type ChainId, maxBig } from '@solvent/primitives'
import type { BridgeSpec, ChainEvent, Genesis, JournalEntry } from '@solvent/protocol'
import type { NetworkFacts } from './network-facts.ts'

export interface PoolView {
  readonly cash: bigint
  /** Paid out for other chains beyond what was paid in for them, at least 0. */
  readonly used: bigint
  /** Payouts that wait for cash. */
  readonly waiting: number
}

interface Pool {
  cash: bigint
  claims: bigint
  waiting: number
}

export class PoolMonitor {
  readonly #bridges: readonly BridgeSpec[]
  /** `bridge/chain/token`. */
  readonly #pools = new Map<string, Pool>()

  constructor({ spec }: NetworkFacts) {
    this.#bridges = spec.bridges.filter(({ custody }) => custody.kind === 'pool')
  }

  /** What a pool holds at genesis, which no block carries. */
  begin({ chainId, balances }: Genesis): void {
    for (const { kind, owner, token, amount } of balances) {
      if (kind !== 'POOL') continue
      const bridge = this.#bridges.find(({ address }) => address === owner)
      if (bridge !== undefined) this.#pool(bridge.address, chainId, token).cash += amount
    }
  }

  /** Takes what pools paid and were paid; with negated legs it takes them back. */
  onEntries(chainId: ChainId, entries: readonly JournalEntry[]): void {
    if (this.#bridges.length === 0) return
    for (const { cause, legs } of entries) {
      for (const { kind, owner, token, amount } of legs) {
        if (kind !== 'POOL') continue
        const pool = this.#pool(owner as Address, chainId, token)
        pool.cash += amount
        if (cause === 'pool-in' || cause === 'pool-out') pool.claims -= amount
      }
    }
  }

  onEvent(chainId: ChainId, event: ChainEvent): void {
    this.#queue(chainId, event, 1)
  }

  /** The event is of a block that is no longer followed. */
  onOrphaned(chainId: ChainId, event: ChainEvent): void {
    this.#queue(chainId, event, -1)
  }

  view(bridge: Address, chainId: ChainId, token: Address): PoolView {
    const { cash, claims, waiting } = this.#pool(bridge, chainId, token)
    return { cash: maxBig(0n, cash), used: maxBig(0n, claims), waiting: Math.max(0, waiting) }
  }

  #queue(chainId: ChainId, event: ChainEvent, sign: 1 | -1): void {
    if (event.kind === 'payout-queued') this.#pool(event.bridge, chainId, event.token).waiting += sign
    else if (event.kind === 'payout-made' && event.position !== null)
      this.#pool(event.bridge, chainId, event.token).waiting -= sign
  }

  #pool(bridge: Address, chainId: ChainId, token: Address): Pool {
    const key = `${bridge}/${chainId}/${token}`
    let pool = this.#pools.get(key)
    if (pool === undefined) {
      pool = { cash: 0n, claims: 0n, waiting: 0 }
      this.#pools.set(key, pool)
    }
    return pool
  }
}
