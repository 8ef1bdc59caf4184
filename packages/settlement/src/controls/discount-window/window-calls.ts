// The entry points of a discount window: it lends as long as it has coins, on pledges that are worth more by their oracles, gives them back for what
// is owed, and keeps them past the term.
import { assertNever } from '@solvent/primitives'
import type { DiscountWindowCall, PriceRule, UsedPrice } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { readAnswer } from '../../oracle/read-answer.ts'
import type { DiscountWindowContract } from './window-contract.ts'
import { penaltyOn } from './window-terms.ts'

export function runDiscountWindowCall(
  context: CallContext,
  contract: DiscountWindowContract,
  call: DiscountWindowCall,
): CallResult {
  switch (call.kind) {
    case 'draw-window':
      return draw(context, contract, call)
    case 'repay-window':
      return repay(context, contract, call.loan)
    case 'seize-pledge':
      return seize(context, contract, call.loan)
    default:
      return assertNever(call)
  }
}

function draw(
  context: CallContext,
  { spec, loans, count }: DiscountWindowContract,
  { collateral: pledge, pledged, amount }: Extract<DiscountWindowCall, { kind: 'draw-window' }>,
): CallResult {
  const { state, now, rules, sender, events } = context
  const { address, token, borrowers } = spec
  if (borrowers !== null && !borrowers.includes(sender)) return 'not-authorised'
  const collateral = spec.collaterals.find((each) => each.token === pledge)
  if (collateral === undefined) return 'not-collateral'
  if (amount <= 0n || pledged <= 0n) return 'zero-amount'
  const [coin, worth] = [used(context, token, spec.price), used(context, pledge, collateral.price)]
  if (coin === null || worth === null) return 'no-price'
  const prices = { coinE8: coin.priceE8, collateralE8: worth.priceE8 }
  if (amount > rules.mostOnPledge(pledged, spec, collateral, prices)) return 'collateral-cannot-cover'
  if (amount > state.ledger.balance('POOL', address, token)) return 'not-enough-liquidity'
  const isPosted = state.ledger.post('window-draw', [
    holderLeg(state, sender, pledge, -pledged),
    { kind: 'POOL', owner: address, token: pledge, amount: pledged },
    { kind: 'POOL', owner: address, token, amount: -amount },
    holderLeg(state, sender, token, amount),
  ])
  if (!isPosted) return 'insufficient-balance'
  const loan = count.get()
  const dueAt = now + spec.termSeconds
  count.set(loan + 1)
  loans.set(loan, { borrower: sender, collateral: pledge, pledged, principal: amount, drawnAt: now, dueAt })
  events.push({
    ...{ kind: 'window-drawn', window: address, loan, borrower: sender, collateral: pledge, pledged },
    ...{ amount, dueAt, prices: [coin, worth] },
  })
  return null
}

function repay(
  { state, now, sender, events }: CallContext,
  { spec, loans }: DiscountWindowContract,
  loan: number,
): CallResult {
  const { address, token } = spec
  const owed = loans.get(loan)
  if (owed === undefined) return 'no-debt'
  if (owed.borrower !== sender) return 'not-authorised'
  const { principal, collateral, pledged } = owed
  const interest = penaltyOn(principal, now - owed.drawnAt, spec)
  const isPosted = state.ledger.post('window-repay', [
    holderLeg(state, sender, token, -(principal + interest)),
    { kind: 'POOL', owner: address, token, amount: principal + interest },
    { kind: 'POOL', owner: address, token: collateral, amount: -pledged },
    holderLeg(state, sender, collateral, pledged),
  ])
  if (!isPosted) return 'insufficient-balance'
  loans.delete(loan)
  events.push({ kind: 'window-repaid', window: address, loan, principal, interest })
  return null
}

function seize(
  { now, events }: CallContext,
  { spec, loans }: DiscountWindowContract,
  loan: number,
): CallResult {
  const owed = loans.get(loan)
  if (owed === undefined) return 'no-debt'
  const { principal, pledged, drawnAt, dueAt } = owed
  if (now <= dueAt) return 'not-expired'
  loans.delete(loan)
  const unpaid = principal + penaltyOn(principal, now - drawnAt, spec)
  events.push({ kind: 'pledge-seized', window: spec.address, loan, unpaid, pledged })
  return null
}

function used(
  { state, now, rules }: CallContext,
  token: UsedPrice['token'],
  rule: PriceRule,
): UsedPrice | null {
  const answer = rules.acceptedPrice(rule, now, (oracle) => readAnswer(state, oracle, now))
  return answer === null
    ? null
    : { token, oracle: rule.oracle, priceE8: answer.answerE8, updatedAt: answer.updatedAt }
}
