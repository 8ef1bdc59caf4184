// Prices of lending, C-5: what oracles say follows from their reports, and a decision rests on what its oracle said at that moment, if
// that may be used at all. Markets with a pool's calls and no reserves ask the same.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, DiscountWindowSpec, LendingPoolSpec, PriceRule, UsedPrice } from '@solvent/protocol'
import { AverageRecord, ratioOfSums } from './average-record.ts'
import type { NetworkIndex, Scope } from './chain-record.ts'
import type { WriteLog } from './credit-undo.ts'
import { type AverageSums, PriceRecord } from './price-record.ts'
import type { Tally } from './tally.ts'
import { ratioOfTicks, TickRecord } from './tick-record.ts'
import type { VaultRecord } from './vault-record.ts'

/** The supply index of a pool's reserve at a time, in ray. */
type IndexOf = (pool: Address, token: Address, now: number) => bigint | null

/** Whose decision rests on prices, and by which rule each token is priced there. */
interface Deciding {
  readonly name: string
  readonly chainId: LendingPoolSpec['chainId']
  readonly ruleOf: (token: Address) => PriceRule | undefined
}

export class CreditPrices {
  readonly #tally: Tally
  readonly #log: WriteLog
  readonly #averages: AverageRecord
  readonly #ticks: TickRecord
  readonly #windows: ReadonlyMap<Address, DiscountWindowSpec>
  readonly #prices: PriceRecord

  constructor(tally: Tally, log: WriteLog, index: NetworkIndex, vaults: VaultRecord, indexOf: IndexOf) {
    this.#tally = tally
    this.#log = log
    this.#windows = new Map(
      index.spec.derivatives.flatMap((spec) =>
        spec.kind === 'discount-window' ? [[spec.address, spec] as const] : [],
      ),
    )
    this.#averages = new AverageRecord(index)
    this.#ticks = new TickRecord(index.spec)
    this.#prices = new PriceRecord(
      index.spec.oracles,
      Math.floor(index.spec.genesisMs / 1_000),
      (_, pool, token, now) => indexOf(pool, token, now),
      {
        shareOf: (...share) => this.#averages.fairShareE8(...share),
        vaultShareOf: (...share) => vaults.shareE8(...share),
      },
    )
  }

  genesis(): void {
    this.#averages.begin()
  }

  event(scope: Scope, event: ChainEvent): void {
    switch (event.kind) {
      case 'price-posted':
        return this.#took(scope, this.#prices.posted(event), event.oracle)
      case 'price-updated':
        return this.#took(scope, this.#prices.updated(event, scope.timestamp), event.oracle)
      case 'average-taken':
        return this.#took(
          scope,
          this.#prices.averaged(event, scope.timestamp, this.#sumsAt(scope.timestamp)),
          event.oracle,
        )
      case 'market-synced': {
        const takeBack = this.#averages.synced(event, scope.timestamp)
        if (takeBack !== null) this.#log.note(scope.block.hash, takeBack)
        return
      }
      case 'tick-moved': {
        const takeBack = this.#ticks.moved(event, scope.timestamp)
        if (takeBack !== null) this.#log.note(scope.block.hash, takeBack)
        return
      }
      case 'window-drawn':
        return this.#drawn(scope, event)
      case 'oracle-poked':
        return this.#took(scope, this.#prices.poked(event, scope.timestamp), event.oracle)
    }
  }

  /** What an oracle says now; null when it has no answer. */
  read(oracle: Address, now: number): bigint | null {
    return this.#prices.read(oracle, now)?.priceE8 ?? null
  }

  /** Why a price may not be used now; null: it may. */
  problem(rule: PriceRule, now: number): string | null {
    return this.#prices.problem(rule, now)
  }

  /** C-5: each price is its oracle's of now, and may be used. */
  usable(scope: Scope, { name, chainId, ruleOf }: Deciding, prices: readonly UsedPrice[]): void {
    for (const { token, oracle, priceE8, updatedAt } of prices) {
      this.#tally.checked['C-5']++
      const rule = ruleOf(token)
      const known = this.#prices.read(oracle, scope.timestamp)
      const problem =
        rule === undefined || rule.oracle !== oracle
          ? `${oracle} is not the oracle of ${token}`
          : known === null || !this.#isSame(oracle, known.priceE8, priceE8) || known.at !== updatedAt
            ? `${priceE8} of ${updatedAt}, the oracle says ${known?.priceE8} of ${known?.at}`
            : this.#prices.problem(rule, scope.timestamp)
      if (problem !== null)
        this.#tally.breach('C-5', scope.atMs, chainId, `${name}: a decision rested on a price: ${problem}`)
    }
  }

  #isSame(oracle: Address, known: bigint, used: bigint): boolean {
    const slack = this.#prices.slackOf(oracle)
    return known - slack <= used && used <= known + slack
  }

  /** C-4: some decisions wait until the sequencer is up again, and for some time after. */
  sequencerUp(scope: Scope, spec: LendingPoolSpec, what: string): void {
    if (spec.uptime === null) return
    const { oracle, graceSeconds } = spec.uptime
    const flag = this.#prices.read(oracle, scope.timestamp)
    const up = scope.timestamp - this.#prices.sinceOf(oracle)
    if (flag === null || flag.priceE8 <= 0n || up <= graceSeconds)
      this.#tally.breach(
        'C-4',
        scope.atMs,
        scope.chain.chainId,
        `pool ${spec.name}: ${what} while the sequencer is not up, or not for long`,
      )
  }

  /** Pairs keep sums of prices, pools of ranges one of ticks; powers of the audit's own may end a unit apart. */
  #sumsAt(now: number): AverageSums {
    return {
      sumOf: ({ market, side }) =>
        this.#ticks.has(market) ? this.#ticks.sumAt(market, now) : this.#averages.sumAt(market, side, now),
      ratioX112: ({ market, side }, before, after) =>
        this.#ticks.has(market) ? ratioOfTicks(before, after, side) : ratioOfSums(before, after),
      slack: ({ market }) => (this.#ticks.has(market) ? 1n : 0n),
    }
  }

  #drawn(scope: Scope, { window, prices }: Extract<ChainEvent, { kind: 'window-drawn' }>): void {
    const spec = this.#windows.get(window)
    if (spec === undefined) return
    const ruleOf = (token: Address): PriceRule | undefined =>
      token === spec.token ? spec.price : spec.collaterals.find((each) => each.token === token)?.price
    this.usable(scope, { name: spec.name, chainId: spec.chainId, ruleOf }, prices)
  }

  #took(scope: Scope, outcome: (() => void) | string, oracle: Address): void {
    this.#tally.checked['C-5']++
    if (typeof outcome === 'string')
      this.#tally.breach('C-5', scope.atMs, scope.chain.chainId, `oracle ${oracle}: ${outcome}`)
    else this.#log.note(scope.block.hash, outcome)
  }
}
