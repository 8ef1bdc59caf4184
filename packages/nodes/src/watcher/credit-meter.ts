// What a watcher measures of oracles and lending pools: how old prices got, how much of a reserve was lent out, who was liquidated,
// and what was written off.
import type { Address, ChainId } from '@solvent/primitives'
import { msToSeconds, RAY } from '@solvent/primitives'
import { type Block, type ChainEvent, type Genesis, lendingPlaces, type NetworkSpec } from '@solvent/protocol'
import {
  accountData,
  CreditView,
  ONE_HEALTH,
  readAnswer,
  reserveState,
  weighingOf,
} from '@solvent/settlement'
import type { BlockBook } from './block-book.ts'
import type { OracleOutcome, PoolOutcomeOfLending, ReserveOutcome } from './credit-outcome.ts'
import { InsuranceMeter } from './insurance-meter.ts'
import { IsolatedMeter } from './isolated-meter.ts'
import { share } from './share.ts'

interface ReserveCounts {
  broughtIn: bigint
  withdrawn: bigint
  liquidations: number
  repaid: bigint
  seized: bigint
  badDebt: bigint
  peak: number
}

export class CreditMeter implements BlockBook {
  readonly #spec: NetworkSpec
  readonly #views: ReadonlyMap<ChainId, CreditView>
  readonly #counts = new Map<string, ReserveCounts>()
  readonly #insurance: InsuranceMeter
  readonly #isolated: IsolatedMeter
  /** Times at which each oracle got an answer, Unix seconds. */
  readonly #answered = new Map<Address, number[]>()

  constructor(spec: NetworkSpec, genesis: readonly Genesis[]) {
    this.#spec = spec
    this.#insurance = new InsuranceMeter(spec, genesis)
    this.#isolated = new IsolatedMeter(spec, (chainId) => this.#views.get(chainId))
    const chains = new Set([...spec.oracles, ...lendingPlaces(spec)].map(({ chainId }) => chainId))
    this.#views = new Map(
      genesis
        .filter(({ chainId }) => chains.has(chainId))
        .map((each) => [each.chainId, new CreditView(spec, each.chainId, each)]),
    )
    const start = Math.floor(msToSeconds(spec.genesisMs))
    for (const { address } of spec.oracles) this.#answered.set(address, [start])
    this.#isolated.begins(start)
    for (const { address, chainId, reserves } of spec.lendingPools)
      for (const { token } of reserves)
        this.#counts.set(`${address}/${token}`, {
          broughtIn: 0n,
          withdrawn: 0n,
          liquidations: 0,
          repaid: 0n,
          seized: 0n,
          badDebt: 0n,
          peak: this.#utilisation(this.#views.get(chainId)?.poolOf(address), token, start),
        })
  }

  followed(block: Block): void {
    const view = this.#views.get(block.header.chainId)
    if (view === undefined) return
    view.followed(block)
    this.#insurance.block(block, 1)
    const { timestamp } = block.header
    for (const { events } of block.receipts) for (const event of events) this.#event(event, timestamp, 1)
  }

  orphaned(block: Block): void {
    const view = this.#views.get(block.header.chainId)
    if (view === undefined) return
    view.orphaned(block)
    this.#insurance.block(block, -1)
    const { timestamp } = block.header
    for (const { events } of block.receipts) for (const event of events) this.#event(event, timestamp, -1)
  }

  reserves(now: number): ReserveOutcome[] {
    const ofPools = this.#spec.lendingPools.flatMap(({ name, address, chainId, reserves }) =>
      reserves.flatMap(({ token, symbol }): ReserveOutcome[] => {
        const pool = this.#views.get(chainId)?.poolOf(address)
        const state = pool === undefined ? null : reserveState(pool, token, now)
        if (state === null) return []
        const { peak, ...counts } = this.#counts.get(`${address}/${token}`)!
        const { cash, borrowed, deficit } = state
        const { paidByFund, paidByMutual, scaled } = this.#insurance.of(address, token)
        const utilisation = share(borrowed, cash + borrowed)
        return [
          {
            id: name,
            asset: symbol,
            cash,
            borrowed,
            supplied: state.supplied,
            forTreasury: state.forTreasury,
            utilisation,
            peakUtilisation: Math.max(peak, utilisation),
            supplyRate: share(state.supplyRateRay, RAY),
            borrowRate: share(state.borrowRateRay, RAY),
            ...counts,
            deficit,
            paidByFund,
            paidByMutual,
            fund: (scaled * state.supplyIndexRay) / RAY,
          },
        ]
      }),
    )
    return [...ofPools, ...this.#isolated.reserves(now)]
  }

  pools(now: number): PoolOutcomeOfLending[] {
    const ofPools = this.#spec.lendingPools.map(({ name, address, chainId }) => {
      const view = this.#views.get(chainId)
      const pool = view?.poolOf(address)
      const sum = { id: name, indebted: 0, liquidatable: 0, underwater: 0, unpriced: 0 }
      if (view === undefined || pool === undefined) return sum
      const weighing = weighingOf(pool, view.momentOf(address, now))
      for (const [, account] of view.accountsOf(address)) {
        if (!account.positions.some(({ scaledDebt }) => scaledDebt !== 0n)) continue
        sum.indebted++
        const data = accountData(account, weighing)
        if (data === null) sum.unpriced++
        else {
          if (data.healthFactor < ONE_HEALTH) sum.liquidatable++
          if (data.debtValue > data.collateralValue) sum.underwater++
        }
      }
      return sum
    })
    return [...ofPools, ...this.#isolated.pools(now)]
  }

  oracles(now: number): OracleOutcome[] {
    return this.#spec.oracles.map(({ name, address, chainId, symbol }) => {
      const view = this.#views.get(chainId)
      const answer = view === undefined ? null : readAnswer(view, address, now)
      const times = this.#answered.get(address)!
      const stood = times.map((at, index) => (times[index + 1] ?? now) - at)
      return {
        id: name,
        asset: symbol,
        priceE8: answer?.answerE8 ?? null,
        updates: times.length - 1,
        longestSeconds: Math.max(0, ...stood),
        ageSeconds: answer === null ? null : Math.max(0, now - answer.updatedAt),
      }
    })
  }

  #event(event: ChainEvent, timestamp: number, sign: 1 | -1): void {
    this.#isolated.event(event, timestamp, sign)
    const big = BigInt(sign)
    switch (event.kind) {
      case 'price-updated':
      case 'average-taken':
      case 'oracle-poked': {
        if (event.kind === 'average-taken' && event.answerE8 === null) return
        const times = this.#answered.get(event.oracle)
        if (sign === 1) times?.push(timestamp)
        else times?.pop()
        return
      }
      case 'liquidated': {
        const debt = this.#counts.get(`${event.pool}/${event.debt}`)
        const collateral = this.#counts.get(`${event.pool}/${event.collateral}`)
        if (debt === undefined || collateral === undefined) return
        debt.liquidations += sign
        debt.repaid += big * event.debtRepaid
        collateral.seized += big * (event.seized + event.fee)
        return
      }
      case 'supplied':
      case 'withdrawn': {
        const counts = this.#counts.get(`${event.pool}/${event.token}`)
        if (counts !== undefined)
          counts[event.kind === 'supplied' ? 'broughtIn' : 'withdrawn'] += big * event.amount
        return
      }
      case 'bad-debt-booked': {
        const counts = this.#counts.get(`${event.pool}/${event.token}`)
        if (counts !== undefined) counts.badDebt += big * event.amount
        return
      }
      case 'reserve-updated': {
        const counts = this.#counts.get(`${event.pool}/${event.token}`)
        if (counts === undefined || sign === -1) return
        const pool = [...this.#views.values()]
          .map((view) => view.poolOf(event.pool))
          .find((each) => each !== undefined)
        counts.peak = Math.max(counts.peak, this.#utilisation(pool, event.token, timestamp))
        return
      }
    }
  }

  #utilisation(pool: ReturnType<CreditView['poolOf']>, token: Address, now: number): number {
    const state = pool === undefined ? null : reserveState(pool, token, now)
    return state === null ? 0 : share(state.borrowed, state.cash + state.borrowed)
  }
}
