// Which accounts a price move can liquidate, without looking at the others. An account with one collateral and one debt may be
// liquidated when the price of the collateral in units of the debt, both grown by their indexes, falls below a ratio that only
// its own balances set. Accounts wait in queues by that ratio; a move of the price touches the queues above it and no other.
// The queues are by 2^-20 steps of the ratio (the upper bits of its float64), and ask one step wider than the ratio: what the
// index names has to be weighed exactly, and nothing above a cent is missed by rounding.

import { LevelQueues, type LevelQueuesState } from '../../queues/level-queues.ts'
import type { Account, AccountPosition } from '../account.ts'
import { termsOf } from '../account.ts'
import { type LendingPool, type Moment, usablePrice } from '../pool.ts'
import { accrued, type Reserve, unitOf } from '../reserve.ts'

/** One index serves one pair of assets. */
export interface IndexedPair {
  readonly collateralAsset: string
  readonly debtAsset: string
}

/** Index steps that rounding and a step's width may hide. */
const SLACK_STEPS = 8
const BPS_NUMBER = 10_000

export class LiquidationIndex {
  readonly #queues: LevelQueues<string>
  readonly #pool: LendingPool
  readonly #pair: IndexedPair
  readonly #bits = new DataView(new ArrayBuffer(8))

  constructor(state: LevelQueuesState<string>, pool: LendingPool, pair: IndexedPair) {
    this.#queues = new LevelQueues(state)
    this.#pool = pool
    this.#pair = pair
  }

  /**
   * Notes what an account has now; to be called when its balances change.
   *
   * @returns false when it is not of this pair alone, so that somebody else has to watch it
   */
  note(owner: string): boolean {
    const account = this.#pool.accounts.get(owner)
    const ratio = account === undefined ? null : this.#criticalRatio(account)
    const step = ratio === null ? undefined : this.#stepOf(ratio)
    if (this.#queues.levelOf(owner) !== step) {
      this.#queues.leave(owner)
      if (step !== undefined) this.#queues.join(owner, step)
    }
    return step !== undefined
  }

  /** Forgets an account. */
  leave(owner: string): void {
    this.#queues.leave(owner)
  }

  /** Accounts that may be liquidated at these prices, the least healthy first; none when a price is missing. */
  *atRisk(moment: Moment): Generator<string> {
    const ratio = this.#ratioNow(moment)
    if (ratio === null) return
    const floor = this.#stepOf(ratio) - SLACK_STEPS
    // The next level and the next account are found before one is handed out: whoever gets it may take it away.
    let level = this.#queues.highest()
    while (level !== null && level >= floor) {
      const below = this.#queues.below(level)
      let owner = this.#queues.first(level)
      while (owner !== null) {
        const next: string | null = this.#queues.after(owner)
        yield owner
        owner = next
      }
      level = below
    }
  }

  /** (scaled debt / unit) / (scaled collateral / unit · threshold). */
  #criticalRatio(account: Account): number | null {
    const { collateralAsset, debtAsset } = this.#pair
    const collateral = this.#pool.reserves.get(collateralAsset)
    const debt = this.#pool.reserves.get(debtAsset)
    if (collateral === undefined || debt === undefined) return null
    let held: AccountPosition | undefined
    let owed: AccountPosition | undefined
    for (const position of account.positions) {
      if (position.asset === collateralAsset && position.scaledDebt === 0n) held = position
      else if (position.asset === debtAsset && !position.isCollateral) owed = position
      else return null
    }
    if (held === undefined || !held.isCollateral || owed === undefined || owed.scaledDebt === 0n) return null
    const threshold = Number(
      termsOf(account, collateralAsset, collateral, this.#pool.rules).liquidationThresholdBps,
    )
    const backing = (whole(held.scaledSupply, collateral) * threshold) / BPS_NUMBER
    return backing > 0 ? whole(owed.scaledDebt, debt) / backing : null
  }

  /** (price · index) of the collateral over that of the debt. */
  #ratioNow(moment: Moment): number | null {
    const { collateralAsset, debtAsset } = this.#pair
    const collateral = this.#pool.reserves.get(collateralAsset)
    const debt = this.#pool.reserves.get(debtAsset)
    const collateralPrice = usablePrice(moment, collateralAsset)
    const debtPrice = usablePrice(moment, debtAsset)
    if (collateral === undefined || debt === undefined || collateralPrice === null || debtPrice === null)
      return null
    const above = Number(collateralPrice) * Number(accrued(collateral, moment.atSeconds).liquidityIndexRay)
    return above / (Number(debtPrice) * Number(accrued(debt, moment.atSeconds).borrowIndexRay))
  }

  /** The upper half of a positive float64: whole numbers that grow with it. */
  #stepOf(ratio: number): number {
    this.#bits.setFloat64(0, ratio)
    return this.#bits.getUint32(0)
  }
}

function whole(scaled: bigint, reserve: Reserve): number {
  return Number(scaled) / Number(unitOf(reserve))
}
