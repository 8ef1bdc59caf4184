// Liquidations, C-4 and C-6: below health, no more than there is, at the exact bonus, and no debt left without a pledge.
import type { Address } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import { claimOf, debtOf, ONE, RAY, seizureOf, unitOf } from './credit-arithmetic.ts'
import { healthIn, moved, type PoolRecord, statedBadDebt, termsIn } from './credit-pool.ts'
import type { WriteLog } from './credit-undo.ts'
import type { Tally } from './tally.ts'

type Liquidated = Extract<ChainEvent, { kind: 'liquidated' }>

const CLOSE_FACTOR_HEALTH = (ONE * 95n) / 100n
const LARGE_E8 = 2_000n * 10n ** 8n

export class LiquidationRules {
  readonly #tally: Tally

  readonly #log: WriteLog
  /** Of slow engines: when an account was last liquidated. */
  readonly #last = new Map<string, number>()

  constructor(tally: Tally, log: WriteLog) {
    this.#tally = tally
    this.#log = log
  }

  /** Judges a liquidation; true when the sequencer has to be up for it. */
  judge(scope: Scope, pool: PoolRecord, event: Liquidated): boolean {
    const collateral = pool.reserves.get(event.collateral)
    const debt = pool.reserves.get(event.debt)
    if (collateral === undefined || debt === undefined) return false
    this.#tally.checked['C-4']++
    const complain = (detail: string): void =>
      this.#breach(scope, 'C-4', pool, `liquidation of ${event.borrower}: ${detail}`)
    const before = healthIn(scope, pool, event.borrower, event.prices, scope)
    if (typeof before === 'string') {
      this.#breach(scope, 'C-5', pool, before)
      return false
    }
    const { factor } = before
    if (factor === null || factor >= ONE) complain(`the health factor was ${factor}`)
    if (event.healthFactor !== factor) complain(`it says a health of ${event.healthFactor}, it was ${factor}`)
    const isNearHealth = factor !== null && factor >= CLOSE_FACTOR_HEALTH
    const owed = debtOf(
      debt.owedOf(event.borrower) - moved(scope, debt.debt, 'BORROWER', event.borrower),
      debt.indexesAt(scope.timestamp),
    )
    const balance = claimOf(
      collateral.pledgedOf(event.borrower) - moved(scope, collateral.receipt, 'COLLATERAL', event.borrower),
      collateral.indexesAt(scope.timestamp),
    )
    const { debtRepaid, seized, fee } = event
    if (debtRepaid <= 0n || debtRepaid > owed) complain(`${debtRepaid} repaid of ${owed}`)
    if (seized + fee > balance) complain(`${seized + fee} seized of ${balance}`)
    const priceOf = (token: Address): bigint =>
      event.prices.find((each) => each.token === token)?.priceE8 ?? 0n
    const sides = {
      collateral: { priceE8: priceOf(event.collateral), unit: unitOf(collateral.spec.terms) },
      debt: { priceE8: priceOf(event.debt), unit: unitOf(debt.spec.terms) },
    }
    if (sides.collateral.priceE8 === 0n || sides.debt.priceE8 === 0n) return isNearHealth
    const due = seizureOf({
      ...sides,
      repaid: debtRepaid,
      balance,
      bonusBps: termsIn(pool, event.borrower, collateral).liquidationBonusBps,
      feeBps: collateral.spec.terms.liquidationProtocolFeeBps,
    })
    const isExact = seized + fee === due.total && fee === due.fee
    const isAll = seized + fee === balance && debtRepaid === due.repaidForAll
    if (!isExact && !isAll)
      complain(
        `${debtRepaid} repaid takes ${seized} and a fee of ${fee}, due are ${due.total} and ${due.fee}`,
      )
    const isLarge =
      (balance * sides.collateral.priceE8) / sides.collateral.unit >= LARGE_E8 &&
      (owed * sides.debt.priceE8) / sides.debt.unit >= LARGE_E8
    if (isLarge && factor !== null && factor > CLOSE_FACTOR_HEALTH) {
      const value = (debtRepaid * sides.debt.priceE8) / sides.debt.unit
      if (value > before.debt / 2n + 1n)
        complain(`${value} repaid of debts of ${before.debt}: more than half`)
    }
    const debtValue = (owed * sides.debt.priceE8 + sides.debt.unit - 1n) / sides.debt.unit
    this.#slow(scope, pool, event, { owed, isSmall: debtValue < LARGE_E8, complain })
    this.booked(scope, pool, { borrower: event.borrower, debt: event.debt, gone: debtRepaid })
    return isNearHealth
  }

  /** A part at most, and not again before its time. */
  #slow(
    scope: Scope,
    { spec: { engine, address } }: PoolRecord,
    { borrower, debtRepaid }: Liquidated,
    judged: {
      readonly owed: bigint
      readonly isSmall: boolean
      readonly complain: (detail: string) => void
    },
  ): void {
    if (engine.kind !== 'slow') return
    const most = (judged.owed * engine.partBps + 9_999n) / 10_000n
    if (!judged.isSmall && debtRepaid > most)
      judged.complain(`${debtRepaid} repaid at once, a part is ${most}`)
    const key = `${address}/${borrower}`
    const before = this.#last.get(key)
    if (before !== undefined && scope.timestamp < before + engine.intervalSeconds)
      judged.complain(`again after ${scope.timestamp - before} s`)
    this.#last.set(key, scope.timestamp)
    this.#log.note(scope.block.hash, () => {
      if (before === undefined) this.#last.delete(key)
      else this.#last.set(key, before)
    })
  }

  /**
   * C-6: nobody is left who owes and has nothing.
   *
   * @param of whose debts; of one of them so much is repaid, or in an auction with its collateral
   */
  booked(
    scope: Scope,
    pool: PoolRecord,
    { borrower, debt, gone }: { readonly borrower: Address; readonly debt: Address; readonly gone: bigint },
  ): void {
    this.#tally.checked['C-6']++
    const reserves = [...pool.reserves.values()]
    const hasPledge = reserves.some((reserve) => reserve.pledgedOf(borrower) > 0n)
    for (const reserve of reserves) {
      if (!hasPledge && reserve.owedOf(borrower) > 0n)
        this.#breach(scope, 'C-6', pool, `${borrower} owes ${reserve.spec.symbol} and has nothing pledged`)
      const burned = -moved(scope, reserve.debt, 'BORROWER', borrower)
      if (burned <= 0n) continue
      const written =
        debtOf(burned, reserve.indexesAt(scope.timestamp)) - (reserve.spec.token === debt ? gone : 0n)
      const stated = statedBadDebt(scope, pool, reserve.spec.token, borrower)
      // A part of a debt is burned by scaled units rounded down: less than one of them is not written off.
      if (written - stated > 1n + reserve.facts.indexes.debt / RAY || stated > written)
        this.#breach(
          scope,
          'C-6',
          pool,
          `${written} ${reserve.spec.symbol} of ${borrower} is gone, ${stated} is booked`,
        )
    }
  }

  #breach({ atMs }: Scope, id: 'C-4' | 'C-5' | 'C-6', { spec }: PoolRecord, detail: string): void {
    this.#tally.breach(id, atMs, spec.chainId, `pool ${spec.name}: ${detail}`)
  }
}
