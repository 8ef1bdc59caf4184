// One call of an isolated market while it runs: the totals of the moment, the prices that it used, and what becomes its journal entry.
import type { Address } from '@solvent/primitives'
import type { EntryCause, Leg, Rounding, UsedPrice } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../../execution/call-context.ts'
import { readAnswer } from '../../../oracle/read-answer.ts'
import { EntryLegs } from '../../contract/entry-legs.ts'
import { floorRounding, upRounding } from '../../contract/scaled-rounding.ts'
import {
  accruedTotals,
  type IsolatedPosition,
  type IsolatedTotals,
  NO_POSITION,
  priceE36,
} from '../isolated-market.ts'
import { VIRTUAL_ASSETS, VIRTUAL_SHARES } from '../shares.ts'
import type { IsolatedContract } from './isolated-contract.ts'

export class IsolatedRun {
  readonly totals: IsolatedTotals
  readonly user: { readonly pool: Address; readonly user: Address }
  readonly used: UsedPrice[] = []
  readonly #context: CallContext
  readonly #contract: IsolatedContract
  readonly #legs = new EntryLegs()

  /** @param interest pledging asks for none, and saves the gas */
  constructor(
    context: CallContext,
    contract: IsolatedContract,
    interest: 'accrued' | 'as-it-was' = 'accrued',
  ) {
    this.#context = context
    this.#contract = contract
    const { spec, totals } = contract
    this.user = { pool: spec.address, user: context.sender }
    const before = totals.get()
    if (interest === 'as-it-was' || context.now <= before.updatedAt) {
      this.totals = before
      return
    }
    const grown = accruedTotals(before, spec, context.now)
    this.totals = grown.totals
    context.events.push({
      kind: 'isolated-accrued',
      pool: spec.address,
      interest: grown.interest,
      feeShares: grown.feeShares,
      rateWad: grown.rateWad,
      rateAtTargetWad: grown.totals.rateAtTargetWad,
    })
    if (grown.feeShares > 0n) this.#issueFee(grown.feeShares)
  }

  positionOf(owner: string): IsolatedPosition {
    return this.#contract.positions.get(owner) ?? NO_POSITION
  }

  /** Null when either answer is refused (C-5). */
  price(): bigint | null {
    const { collateral, loan } = this.#contract.spec
    const [above, below] = [this.#answer(collateral), this.#answer(loan)]
    if (above === null || below === null) return null
    const price = priceE36(this.#contract.spec, { collateral: above, loan: below })
    return price > 0n ? price : null
  }

  /** From the sender to the market; negative: the other way. */
  pay(token: Address, amount: bigint): void {
    this.#legs.add({ kind: 'POOL', owner: this.#contract.spec.address, token, amount })
    this.#legs.add(this.holder(token, -amount))
  }

  holder(token: Address, amount: bigint): Leg {
    return holderLeg(this.#context.state, this.#context.sender, token, amount)
  }

  /** Units that appear come out of SUPPLY, units that go return to it. */
  issueTo(leg: Leg): void {
    this.#legs.add(leg)
    this.#legs.add({ kind: 'SUPPLY', owner: '', token: leg.token, amount: -leg.amount })
  }

  write(owner: Address, position: IsolatedPosition): void {
    const before = this.positionOf(owner)
    const { pledgeToken, debtToken } = this.#contract
    const pledged = position.collateral - before.collateral
    this.issueTo({ kind: 'COLLATERAL', owner, token: pledgeToken, amount: pledged })
    const owed = position.borrowShares - before.borrowShares
    this.issueTo({ kind: 'BORROWER', owner, token: debtToken, amount: owed })
    this.#contract.write(owner, position)
  }

  /** What turning an amount into shares of one side leaves. */
  rounding(
    direction: Rounding['direction'],
    token: Address,
    side: 'supply' | 'borrow',
    amount: bigint,
  ): Rounding[] {
    const { assets, shares } = this.totals[side]
    const round = direction === 'up' ? upRounding : floorRounding
    return round(token, amount * (shares + VIRTUAL_SHARES), assets + VIRTUAL_ASSETS)
  }

  post(cause: EntryCause, totals: IsolatedTotals, rounding: readonly Rounding[] = []): CallResult {
    this.#contract.totals.set(totals)
    return this.#context.state.ledger.post(cause, this.#legs.debitsFirst(), rounding)
      ? null
      : 'insufficient-balance'
  }

  #issueFee(amount: bigint): void {
    const { state } = this.#context
    const { shareToken: token, spec } = this.#contract
    state.ledger.post('isolated-fee', [
      { kind: 'SUPPLY', owner: '', token, amount: -amount },
      holderLeg(state, spec.feeRecipient, token, amount),
    ])
  }

  #answer({ token, price: rule }: IsolatedContract['spec']['loan']): bigint | null {
    const { state, now, rules } = this.#context
    const answer = rules.acceptedPrice(rule, now, (oracle) => readAnswer(state, oracle, now))
    if (answer === null || answer.answerE8 <= 0n) return null
    this.used.push({ token, oracle: rule.oracle, priceE8: answer.answerE8, updatedAt: answer.updatedAt })
    return answer.answerE8
  }
}
