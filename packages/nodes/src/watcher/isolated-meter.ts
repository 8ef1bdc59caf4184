// What a watcher measures of isolated markets: the same figures as of a pool's reserves, one line for each side of a market. What was
// written off is no deficit: suppliers have borne it at once.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, NetworkSpec } from '@solvent/protocol'
import { accruedTotals, type CreditView, isHealthy, maxBorrow, toAssetsUp } from '@solvent/settlement'
import type { PoolOutcomeOfLending, ReserveOutcome } from './credit-outcome.ts'
import { share } from './share.ts'

interface Counts {
  liquidations: number
  broughtIn: bigint
  withdrawn: bigint
  repaid: bigint
  seized: bigint
  badDebt: bigint
  peak: number
}

type Market = NetworkSpec['isolatedMarkets'][number]
type ViewOf = (chainId: Market['chainId']) => CreditView | undefined

const SECONDS_PER_YEAR = 31_536_000
const WAD_NUMBER = 1e18
const WAD = 10n ** 18n

export class IsolatedMeter {
  readonly #specs: readonly Market[]
  readonly #viewOf: ViewOf
  readonly #counts = new Map<Address, Counts>()

  constructor({ isolatedMarkets }: NetworkSpec, viewOf: ViewOf) {
    this.#specs = isolatedMarkets
    this.#viewOf = viewOf
    for (const { address } of isolatedMarkets)
      this.#counts.set(address, {
        ...{ broughtIn: 0n, withdrawn: 0n },
        liquidations: 0,
        repaid: 0n,
        seized: 0n,
        badDebt: 0n,
        peak: 0,
      })
  }

  event(event: ChainEvent, timestamp: number, sign: 1 | -1): void {
    const counts = 'pool' in event ? this.#counts.get(event.pool) : undefined
    if (counts === undefined) return
    const big = BigInt(sign)
    if (event.kind === 'isolated-supplied') counts.broughtIn += big * event.amount
    if (event.kind === 'isolated-withdrawn') counts.withdrawn += big * event.amount
    if (event.kind === 'isolated-liquidated') {
      counts.liquidations += sign
      counts.repaid += big * event.repaid
      counts.seized += big * event.seized
      counts.badDebt += big * event.badDebt
    }
    if (sign === -1) return
    const spec = this.#specs.find(({ address }) => 'pool' in event && address === event.pool)
    if (spec !== undefined) this.#peaked(spec, timestamp)
  }

  #peaked(spec: Market, now: number): void {
    const counts = this.#counts.get(spec.address)
    const totals = this.#totalsOf(spec, now)
    if (counts !== undefined && totals !== null)
      counts.peak = Math.max(counts.peak, share(totals.borrow.assets, totals.supply.assets))
  }

  /** Once the views know genesis. */
  begins(now: number): void {
    for (const spec of this.#specs) this.#peaked(spec, now)
  }

  reserves(now: number): ReserveOutcome[] {
    return this.#specs.flatMap((spec): ReserveOutcome[] => {
      const view = this.#viewOf(spec.chainId)
      const contract = view?.isolated.markets.get(spec.address)
      if (view === undefined || contract === undefined) return []
      const { totals, rateWad } = accruedTotals(contract.totals.get(), spec, now + 1)
      const { supply, borrow } = this.#totalsOf(spec, now) ?? totals
      const counts = this.#counts.get(spec.address)!
      const utilisation = share(borrow.assets, supply.assets)
      const borrowRate = (Number(rateWad) / WAD_NUMBER) * SECONDS_PER_YEAR
      const kept = 1 - Number(spec.feeWad) / WAD_NUMBER
      let pledged = 0n
      for (const [, { collateral }] of contract.positions.entries()) pledged += collateral
      const none = { forTreasury: 0n, deficit: 0n, paidByFund: 0n, paidByMutual: 0n, fund: 0n }
      return [
        {
          ...none,
          id: spec.name,
          asset: spec.loan.symbol,
          cash: supply.assets - borrow.assets,
          borrowed: borrow.assets,
          supplied: supply.assets,
          utilisation,
          peakUtilisation: Math.max(counts.peak, utilisation),
          supplyRate: borrowRate * utilisation * kept,
          borrowRate,
          liquidations: counts.liquidations,
          broughtIn: counts.broughtIn,
          withdrawn: counts.withdrawn,
          repaid: counts.repaid,
          seized: 0n,
          badDebt: counts.badDebt,
        },
        {
          ...none,
          id: spec.name,
          asset: spec.collateral.symbol,
          cash: pledged,
          borrowed: 0n,
          supplied: pledged,
          ...{ utilisation: 0, peakUtilisation: 0, supplyRate: 0, borrowRate: 0 },
          ...{ broughtIn: 0n, withdrawn: 0n, liquidations: 0, repaid: 0n, badDebt: 0n },
          seized: counts.seized,
        },
      ]
    })
  }

  pools(now: number): PoolOutcomeOfLending[] {
    return this.#specs.map((spec) => {
      const view = this.#viewOf(spec.chainId)
      const contract = view?.isolated.markets.get(spec.address)
      const totals = this.#totalsOf(spec, now)
      const sum = { id: spec.name, indebted: 0, liquidatable: 0, underwater: 0, unpriced: 0 }
      if (view === undefined || contract === undefined || totals === null) return sum
      const price = view.isolatedPrice(spec.address, now)
      for (const [, position] of contract.positions.entries()) {
        if (position.borrowShares === 0n) continue
        sum.indebted++
        if (price === null) sum.unpriced++
        else {
          if (!isHealthy(position, totals, spec.lltvWad, price)) sum.liquidatable++
          const owed = toAssetsUp(position.borrowShares, totals.borrow)
          if (owed > maxBorrow(position.collateral, WAD, price)) sum.underwater++
        }
      }
      return sum
    })
  }

  #totalsOf({ address, chainId }: Market, now: number) {
    return this.#viewOf(chainId)?.isolated.totalsAt(address, now) ?? null
  }
}
