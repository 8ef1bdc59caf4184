// One call of a lending pool while it runs: the machine on the contract's state, the prices that it used, and what changed. What
// changed becomes one journal entry: cash between the sender and the pool, receipts and debt tokens minted and burned.
import type { Address } from '@solvent/primitives'
import { maxBig, RAY } from '@solvent/primitives'
import type { EntryCause, Leg, Rounding, UsedPrice } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { readAnswer } from '../../oracle/read-answer.ts'
import { sequencerState } from '../../oracle/uptime.ts'
import { type Account, positionIn, withPosition } from '../account.ts'
import { accountOf, type LendingPool, type Moment, usablePrice, writeAccount } from '../pool.ts'
import { type Reserve, unitOf } from '../reserve.ts'
import { EntryLegs } from './entry-legs.ts'
import type { LendingContract } from './lending-contract.ts'
import { slowRule } from './slow-engine.ts'

export class PoolRun {
  readonly pool: LendingPool
  readonly moment: Moment
  /** In the order in which they were asked for, each once. */
  readonly used: UsedPrice[] = []
  readonly #context: CallContext
  readonly #contract: LendingContract
  readonly #reserves = new Map<Address, Reserve>()
  readonly #accounts = new Map<string, Account>()
  /** Of a contract that holds receipts. */
  readonly #issued: Leg[] = []
  /** Receipts that an owner's free balance gains, by owner and token. */
  readonly #freed: { readonly owner: string; readonly token: Address; readonly scaled: bigint }[] = []

  /** @param owners whose accounts the call may change; the treasury is always among them */
  constructor(context: CallContext, contract: LendingContract, owners: readonly string[]) {
    this.#context = context
    this.#contract = contract
    const { reserves, accounts, eModes, spec } = contract
    const { treasury } = spec
    const { isLastCollateral, slowPart } = context.rules
    const slow = slowRule(spec.engine, slowPart)
    this.pool = { reserves, accounts, rules: { eModes, treasury, isLastCollateral, ...slow } }
    this.moment = {
      atSeconds: context.now,
      priceOf: (token) => this.#priceOf(token as Address),
      ...(spec.uptime === null ? {} : { sequencer: sequencerState(context.state, spec.uptime, context.now) }),
    }
    for (const { token } of spec.reserves) {
      const reserve = reserves.get(token)
      if (reserve !== undefined) this.#reserves.set(token, reserve)
    }
    for (const owner of [treasury, ...owners]) this.#accounts.set(owner, accountOf(this.pool, owner))
  }

  /** Base units of the debt's coin for one of the collateral by the oracles, in ray; null while a price is missing. */
  pairPriceRay({
    collateral,
    debt,
  }: {
    readonly collateral: Address
    readonly debt: Address
  }): bigint | null {
    const [above, below] = [usablePrice(this.moment, collateral), usablePrice(this.moment, debt)]
    const [sold, paid] = [this.pool.reserves.get(collateral), this.pool.reserves.get(debt)]
    if (above === null || below === null || sold === undefined || paid === undefined) return null
    return (above * unitOf(paid) * RAY) / (below * unitOf(sold))
  }

  /** Receipts that a contract gains, or that are burned of it. */
  issueTo(leg: Leg): void {
    this.#issued.push(leg)
  }

  /** Receipts of a reserve that back nothing. */
  freeOf(owner: Address, token: Address): bigint {
    const { state } = this.#context
    return state.ledger.balance(state.kindOf(owner), owner, this.#contract.receiptOf(token))
  }

  /** Free receipts join what is pledged, for a command that looks at all of them. */
  adopt(owner: Address, token: Address): void {
    const scaled = this.freeOf(owner, token)
    if (scaled === 0n) return
    const account = accountOf(this.pool, owner)
    const held = positionIn(account, token)
    writeAccount(
      this.pool,
      owner,
      withPosition(account, { ...held, scaledSupply: held.scaledSupply + scaled }),
    )
    this.#freed.push({ owner, token, scaled: -scaled })
  }

  /** Runs a command on free receipts alone, as on an account that owes nothing. */
  onFree<T>(owner: Address, token: Address, command: (owner: string) => T): T {
    const free = this.freeOf(owner, token)
    const bearer = `free/${owner}`
    const position = { asset: token, scaledSupply: free, scaledDebt: 0n, isCollateral: false }
    writeAccount(this.pool, bearer, withPosition({ positions: [], eMode: null }, position))
    const outcome = command(bearer)
    const left = positionIn(accountOf(this.pool, bearer), token).scaledSupply
    this.pool.accounts.delete(bearer)
    if (left !== free) this.#freed.push({ owner, token, scaled: left - free })
    return outcome
  }

  /**
   * Posts what changed and tells the reserves; the sender pays and is paid.
   *
   * @param more legs between other accounts, or between the sender and them
   */
  post(cause: EntryCause, rounding: readonly Rounding[] = [], more: readonly Leg[] = []): CallResult {
    const { state, sender, events } = this.#context
    const { spec } = this.#contract
    this.#release()
    const legs = new EntryLegs()
    for (const leg of more) legs.add(leg)
    for (const [token, before] of this.#reserves) {
      const after = this.pool.reserves.get(token) as Reserve
      if (after === before) continue
      const cash = after.cash - before.cash
      legs.add({ kind: 'POOL', owner: spec.address, token, amount: cash })
      legs.add(holderLeg(state, sender, token, -cash))
      events.push({
        kind: 'reserve-updated',
        pool: spec.address,
        token,
        liquidityIndexRay: after.liquidityIndexRay,
        borrowIndexRay: after.borrowIndexRay,
        supplyRateRay: after.supplyRateRay,
        borrowRateRay: after.borrowRateRay,
        scaledForTreasury: after.scaledForTreasury,
      })
    }
    for (const [owner, before] of this.#accounts) {
      const after = accountOf(this.pool, owner)
      if (after !== before) this.#accountLegs(legs, owner as Address, before, after)
    }
    for (const { owner, token, scaled } of this.#freed)
      this.#issue(legs, holderLeg(state, owner as Address, this.#contract.receiptOf(token), scaled))
    for (const leg of this.#issued) this.#issue(legs, leg)
    const all = legs.debitsFirst()
    if (all.length === 0) return null
    return state.ledger.post(cause, all, rounding) ? null : 'insufficient-balance'
  }

  #priceOf(token: Address): bigint | null {
    const known = this.used.find((price) => price.token === token)
    if (known !== undefined) return known.priceE8
    const { state, now, rules } = this.#context
    const rule = this.#contract.spec.reserves.find((reserve) => reserve.token === token)?.price
    if (rule === undefined) return null
    const answer = rules.acceptedPrice(rule, now, (oracle) => readAnswer(state, oracle, now))
    if (answer === null) return null
    const { answerE8, updatedAt } = answer
    this.used.push({ token, oracle: rule.oracle, priceE8: maxBig(answerE8, 0n), updatedAt })
    return answerE8
  }

  /** What backs nothing leaves the machine: it is a token like any other now. The treasury pledges nothing. */
  #release(): void {
    const { treasury } = this.#contract.spec
    for (const owner of this.#accounts.keys()) {
      let account = accountOf(this.pool, owner)
      for (const position of account.positions) {
        const { asset, scaledSupply, isCollateral } = position
        if (scaledSupply === 0n || (isCollateral && owner !== treasury)) continue
        this.#freed.push({ owner, token: asset as Address, scaled: scaledSupply })
        account = withPosition(account, { ...position, scaledSupply: 0n, isCollateral: false })
        writeAccount(this.pool, owner, account)
      }
    }
  }

  #accountLegs(legs: EntryLegs, owner: Address, before: Account, after: Account): void {
    const tokens = new Set([...before.positions, ...after.positions].map(({ asset }) => asset))
    for (const token of tokens) {
      const old = positionIn(before, token)
      const now = positionIn(after, token)
      this.#issue(legs, {
        kind: 'COLLATERAL',
        owner,
        token: this.#contract.receiptOf(token),
        amount: now.scaledSupply - old.scaledSupply,
      })
      this.#issue(legs, {
        kind: 'BORROWER',
        owner,
        token: this.#contract.debtOf(token),
        amount: now.scaledDebt - old.scaledDebt,
      })
    }
  }

  /** Units that appear come out of SUPPLY, units that go return to it. */
  #issue(legs: EntryLegs, leg: Leg): void {
    legs.add(leg)
    legs.add({ kind: 'SUPPLY', owner: '', token: leg.token, amount: -leg.amount })
  }
}
