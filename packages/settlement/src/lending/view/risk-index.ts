// Whom of a pool a keeper has to look at: accounts of one collateral and one debt wait in an index by the price that endangers them,
// all others are looked at each time.

import { plainLevelQueues } from '../../queues/level-queues.ts'
import type { LendingContract } from '../contract/lending-contract.ts'
import { LiquidationIndex } from '../liquidation/liquidation-index.ts'
import type { LendingPool, Moment } from '../pool.ts'

export class RiskIndex {
  readonly #pool: LendingPool
  readonly #pairs = new Map<string, LiquidationIndex>()
  /** The index in which an account waits. */
  readonly #placed = new Map<string, LiquidationIndex>()
  /** In debt, and of no single pair. */
  readonly #others = new Set<string>()

  constructor({ reserves, accounts, eModes, spec }: LendingContract) {
    this.#pool = { reserves, accounts, rules: { eModes, treasury: spec.treasury } }
  }

  /** An account has changed. */
  note(owner: string): void {
    const account = this.#pool.accounts.get(owner)
    const collateral = account?.positions.filter(({ isCollateral }) => isCollateral) ?? []
    const debts = account?.positions.filter(({ scaledDebt }) => scaledDebt !== 0n) ?? []
    const isSimple = collateral.length === 1 && debts.length === 1
    const index = isSimple ? this.#indexOf(collateral[0]!.asset, debts[0]!.asset) : null
    const placed = this.#placed.get(owner)
    if (placed !== undefined && placed !== index) {
      placed.leave(owner)
      this.#placed.delete(owner)
    }
    const isIndexed = index?.note(owner) ?? false
    if (index !== null && isIndexed) this.#placed.set(owner, index)
    if (debts.length > 0 && !isIndexed) this.#others.add(owner)
    else this.#others.delete(owner)
  }

  *atRisk(moment: Moment): Generator<string> {
    for (const index of this.#pairs.values()) yield* index.atRisk(moment)
    yield* this.#others
  }

  #indexOf(collateralAsset: string, debtAsset: string): LiquidationIndex {
    const pair = `${collateralAsset}/${debtAsset}`
    let index = this.#pairs.get(pair)
    if (index === undefined) {
      index = new LiquidationIndex(plainLevelQueues(), this.#pool, { collateralAsset, debtAsset })
      this.#pairs.set(pair, index)
    }
    return index
  }
}
