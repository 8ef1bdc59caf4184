// Discount windows, G-6: a loan is no more than its pledge is worth by the prices used, less the haircut, and than the window has; it ends with
// principal and penalty interest, or past its term; coins and pledges at the window are what its loans say. By cross-multiplication. The prices
// themselves are C-5's.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, DiscountWindowEvent, DiscountWindowSpec } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { ContractStates, type Kept, type Played } from './contract-states.ts'
import type { Tally } from './tally.ts'

interface Loan {
  readonly collateral: Address
  readonly pledged: bigint
  readonly principal: bigint
  readonly drawnAt: number
}

interface State {
  readonly cash: bigint
  readonly loans: ReadonlyMap<number, Loan>
  readonly next: number
  /** Pledges that it has kept. */
  readonly seized: ReadonlyMap<Address, bigint>
}

type Window = Kept<DiscountWindowSpec, State>

const BPS = 10_000n
const SECONDS_PER_YEAR = 31_536_000n

export class DiscountWindowRules {
  readonly #windows: ContractStates<DiscountWindowSpec, State>

  constructor(tally: Tally, index: NetworkIndex) {
    const booked = ({ chainId, address }: DiscountWindowSpec, token: Address): bigint =>
      index.chains.get(chainId)!.book.token(token).balance('POOL', address)
    this.#windows = new ContractStates<DiscountWindowSpec, State>(tally, {
      ...{ invariant: 'G-6', what: 'discount window' },
      specs: index.spec.derivatives.filter((spec) => spec.kind === 'discount-window'),
      begin: ({ capital }) => ({ cash: capital, loans: new Map(), next: 0, seized: new Map() }),
      misbooked: (window) => misbooked(window, (token) => booked(window.spec, token)),
    })
  }

  event(scope: Scope, event: ChainEvent): void {
    if (!('window' in event)) return
    this.#windows.event(scope, event.window, (window) => played(window, event, scope.timestamp))
  }

  sums(atMs: number): void {
    this.#windows.sums(atMs)
  }

  undoBlock(hash: string): void {
    this.#windows.undoBlock(hash)
  }
}

function misbooked({ spec, state }: Window, booked: (token: Address) => bigint): string[] {
  const none = spec.collaterals.map(({ token }) => [token, 0n] as const)
  const due = new Map<Address, bigint>([...none, ...state.seized, [spec.token, state.cash]])
  for (const { collateral, pledged } of state.loans.values())
    due.set(collateral, (due.get(collateral) ?? 0n) + pledged)
  return [...due].flatMap(([token, amount]) =>
    booked(token) === amount ? [] : `holds ${booked(token)} of ${token}, its loans leave ${amount}`,
  )
}

function played(window: Window, event: DiscountWindowEvent, now: number): Played<State> {
  if (event.kind === 'window-drawn') return drawn(window, event, now)
  const { spec, state } = window
  const loan = state.loans.get(event.loan)
  if (loan === undefined) return { state, problem: `ends loan ${event.loan}, which it has not` }
  const loans = new Map(state.loans)
  loans.delete(event.loan)
  const owed = loan.principal * spec.penaltyBps * BigInt(now - loan.drawnAt)
  const isDue = (interest: bigint): boolean =>
    interest * BPS * SECONDS_PER_YEAR >= owed && (interest - 1n) * BPS * SECONDS_PER_YEAR < owed
  if (event.kind === 'window-repaid') {
    const { principal, interest } = event
    const isRight = principal === loan.principal && isDue(interest)
    return {
      state: { ...state, loans, cash: state.cash + principal + interest },
      problem: isRight ? null : `takes ${principal} and ${interest} for a loan of ${loan.principal}`,
    }
  }
  const { collateral, pledged } = loan
  const seized = new Map(state.seized).set(collateral, (state.seized.get(collateral) ?? 0n) + pledged)
  const problem =
    now <= loan.drawnAt + spec.termSeconds
      ? `keeps the pledge of loan ${event.loan} before its term is over`
      : event.pledged !== pledged || !isDue(event.unpaid - loan.principal)
        ? `keeps ${event.pledged} for ${event.unpaid}`
        : null
  return { state: { ...state, loans, seized }, problem }
}

function drawn(
  { spec, state }: Window,
  event: Extract<DiscountWindowEvent, { kind: 'window-drawn' }>,
  now: number,
): Played<State> {
  const { loan, borrower, collateral: token, pledged, amount, dueAt, prices } = event
  const collateral = spec.collaterals.find((each) => each.token === token)
  const [coinE8, worthE8] = [spec.token, token].map(
    (each) => prices.find((used) => used.token === each)?.priceE8,
  )
  const next = {
    ...state,
    cash: state.cash - amount,
    loans: new Map(state.loans).set(loan, { collateral: token, pledged, principal: amount, drawnAt: now }),
    next: loan + 1,
  }
  const isCovered =
    collateral !== undefined &&
    coinE8 !== undefined &&
    worthE8 !== undefined &&
    amount * coinE8 * 10n ** BigInt(collateral.decimals) * BPS <=
      pledged * worthE8 * 10n ** BigInt(spec.decimals) * (BPS - collateral.haircutBps)
  const problem = !isCovered
    ? `lends ${amount} on ${pledged} of ${token}`
    : loan !== state.next || dueAt !== now + spec.termSeconds
      ? `numbers loan ${loan}, due at ${dueAt}`
      : spec.borrowers !== null && !spec.borrowers.includes(borrower)
        ? `lends to ${borrower}, who may not borrow`
        : next.cash < 0n
          ? `lends ${amount} of ${state.cash}`
          : null
  return { state: next, problem }
}
