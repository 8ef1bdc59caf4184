// Vaults of ranges, A-2: who pays in pays the part of all that stands behind the shares which its new shares are, who leaves gets that part, to
// the roundings; a vault's position moves with its shares and for nothing else.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, MarketSpec } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import { WriteLog } from './credit-undo.ts'
import { latenessProblem, marketCallOf } from './market-terms.ts'
import { coarseness } from './range-arithmetic.ts'
import type { Tally } from './tally.ts'
import type { BehindVault, KnownVault, VaultBacking, VaultRecord } from './vault-record.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
type Shares = Event<'vault-shares-minted'> | Event<'vault-shares-burned'>

/** Root of a pool's price, times 2^96. */
type RootOf = (market: Address) => bigint

/** Amounts, liquidity and the audit's own arithmetic are each rounded once. */
const ROUNDINGS = 4n

export class VaultRules {
  readonly #tally: Tally
  readonly #record: VaultRecord
  readonly #rootOf: RootOf
  readonly #log = new WriteLog()

  constructor(tally: Tally, record: VaultRecord, rootOf: RootOf) {
    this.#tally = tally
    this.#record = record
    this.#rootOf = rootOf
  }

  /** A change of a position. */
  ranged(scope: Scope, event: Event<'range-minted'> | Event<'range-burned'>): void {
    const takeBack = this.#record.ranged(event)
    if (takeBack === null) return
    this.#log.note(scope.block.hash, takeBack)
    const isOfShares = scope.receipt.events.some(
      (each) =>
        (each.kind === 'vault-shares-minted' || each.kind === 'vault-shares-burned') &&
        each.vault === event.owner,
    )
    if (!isOfShares) this.#breach(scope, event.owner, 'changes its range while no shares come or go')
    if (event.kind === 'range-burned' && event.recipient !== event.owner)
      this.#breach(scope, event.owner, `pays its range out to ${event.recipient}`)
  }

  minted(scope: Scope, event: Event<'vault-shares-minted'>): void {
    const known = this.#find(scope, event)
    if (known === undefined) return
    const { shares, amount0, amount1 } = event
    const call = marketCallOf(scope, 'mint-vault-shares')
    if (call !== null) {
      this.#onTime(scope, event, call)
      if (shares < call.minShares || amount0 > call.amount0 || amount1 > call.amount1)
        this.#breach(
          scope,
          event.vault,
          `gives ${shares} for ${amount0} and ${amount1}, not as the call asks`,
        )
    }
    const after = this.#record.behind(known, this.#rootOf(event.market))
    const before = after.shares - shares
    if (before === 0n) {
      if (shares !== known.liquidity)
        this.#breach(scope, event.vault, `begins with ${shares} shares of a liquidity of ${known.liquidity}`)
      return
    }
    this.#inProportion(scope, event, known, {
      whole: before,
      all: { amount0: after.amount0 - amount0, amount1: after.amount1 - amount1 },
    })
  }

  burned(scope: Scope, event: Event<'vault-shares-burned'>): void {
    const known = this.#find(scope, event)
    if (known === undefined) return
    const { shares, amount0, amount1 } = event
    const call = marketCallOf(scope, 'burn-vault-shares')
    if (call !== null) {
      this.#onTime(scope, event, call)
      if (amount0 < call.minAmount0 || amount1 < call.minAmount1 || event.recipient !== call.recipient)
        this.#breach(scope, event.vault, `pays ${amount0} and ${amount1}, not as the call asks`)
    }
    const after = this.#record.behind(known, this.#rootOf(event.market))
    this.#inProportion(scope, event, known, {
      whole: after.shares + shares,
      all: { amount0: after.amount0 + amount0, amount1: after.amount1 + amount1 },
    })
  }

  /** What stands behind the shares of a vault where its pool stands; null: there is none. */
  behind(vault: Address): (BehindVault & Pick<MarketSpec, 'token0' | 'token1'>) | null {
    const known = this.#record.find(vault)
    if (known === undefined) return null
    const { address, token0, token1 } = known.market
    return { ...this.#record.behind(known, this.#rootOf(address)), token0, token1 }
  }

  /** Of all vaults, where their pools stand. */
  all(): VaultBacking[] {
    return this.#record.all().map((known) => {
      const { market, vault } = known
      const { amount0, amount1, shares } = this.#record.behind(known, this.#rootOf(market.address))
      const held = [
        { token: market.token0, amount: amount0 },
        { token: market.token1, amount: amount1 },
      ]
      return { chainId: market.chainId, market: market.address, vault: vault.address, shares, held }
    })
  }

  undoBlock(hash: string): void {
    this.#log.undo(hash)
  }

  /** What moved is the part of all that the shares are of the whole. */
  #inProportion(
    scope: Scope,
    { vault, market, shares, amount0, amount1 }: Shares,
    known: KnownVault,
    {
      whole,
      all,
    }: { readonly whole: bigint; readonly all: { readonly amount0: bigint; readonly amount1: bigint } },
  ): void {
    const slack = coarseness(this.#rootOf(market), known.liquidity + shares)
    for (const [moved, of, place] of [
      [amount0, all.amount0, slack.amount0],
      [amount1, all.amount1, slack.amount1],
    ] as const) {
      const due = (of * shares) / whole
      // The part of the range is a whole number of units of its liquidity.
      const most = ROUNDINGS * place + of / (known.liquidity + 1n)
      if (moved > due + ROUNDINGS * place || moved + most < due)
        this.#breach(scope, vault, `moves ${moved} for ${shares} of ${whole} shares, due is ${due}`)
    }
  }

  #find(scope: Scope, { vault, owner }: Shares): KnownVault | undefined {
    this.#tally.checked['A-2']++
    const known = this.#record.find(vault)
    if (known?.market.chainId !== scope.chain.chainId) {
      this.#breach(scope, vault, 'is on no chain here')
      return undefined
    }
    if (owner !== scope.transaction?.from)
      this.#breach(scope, vault, `moves shares of ${owner}, who did not ask`)
    return known
  }

  #onTime(scope: Scope, { vault }: Shares, call: { readonly deadline: number }): void {
    const problem = latenessProblem(scope, call)
    if (problem !== null) this.#breach(scope, vault, problem)
  }

  #breach({ atMs, chain }: Scope, vault: Address, detail: string): void {
    const name = this.#record.find(vault)?.vault.name ?? vault
    this.#tally.breach('A-2', atMs, chain.chainId, `vault ${name} ${detail}`)
  }
}
