// The entry points of a fund: coins for new shares at the mark, shares into the queue, payments from its head, coins for the buffer. The mark is
// whatever the oracle says by the fund's rule; a new one opens the gate anew. Shares that wait lie in the contract and are burned when paid.
import { type Address, asAddress, assertNever } from '@solvent/primitives'
import { type Leg, MOST_REDEMPTIONS, type NavFundCall, type NavPayment } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { readAnswer } from '../../oracle/read-answer.ts'
import { type NavFund, requestRedemption, takeMark } from './nav-fund.ts'
import { MARK_SCALE, type NavFundContract } from './nav-fund-contract.ts'

type Ask<K extends NavFundCall['kind']> = Extract<NavFundCall, { kind: K }>

export function runNavFundCall(
  context: CallContext,
  contract: NavFundContract,
  call: NavFundCall,
): CallResult {
  if (call.kind === 'fill-buffer') return fill(context, contract, call)
  const fund = marked(context, contract)
  if (fund === null) return 'no-price'
  switch (call.kind) {
    case 'subscribe-nav':
      return subscribe(context, contract, fund, call)
    case 'request-redemption':
      return request(context, contract, fund, call)
    case 'pay-redemptions':
      return pay(context, contract, fund)
    default:
      return assertNever(call)
  }
}

/** The fund at the mark of the moment, with the shares that the ledger knows. */
function marked({ state, now, rules }: CallContext, { spec, fund }: NavFundContract): NavFund | null {
  const answer = rules.acceptedPrice(spec.index, now, (oracle) => readAnswer(state, oracle, now))
  if (answer === null) return null
  const shares = -state.ledger.balance('SUPPLY', '', spec.share)
  const mark = { valueE18: answer.answerE8 * MARK_SCALE, publishedAt: answer.updatedAt }
  return takeMark({ ...fund.get(), shares }, mark)
}

function subscribe(
  { state, sender, events, rules }: CallContext,
  { spec, fund: cell }: NavFundContract,
  fund: NavFund,
  { navFund, amount }: Ask<'subscribe-nav'>,
): CallResult {
  const subscribed = rules.subscribeNav(fund, amount)
  if (subscribed.status === 'refused') return subscribed.reason
  const { shares } = subscribed
  const paid = state.ledger.post('nav-subscribe', [
    holderLeg(state, sender, spec.token, -amount),
    { kind: 'POOL', owner: spec.address, token: spec.token, amount },
    { kind: 'SUPPLY', owner: '', token: spec.share, amount: -shares },
    holderLeg(state, sender, spec.share, shares),
  ])
  if (!paid) return 'insufficient-balance'
  cell.set(subscribed.fund)
  events.push({ kind: 'nav-subscribed', navFund, holder: sender, amount, shares, ...markOf(fund) })
  return null
}

function request(
  { state, sender, now, events }: CallContext,
  { spec, fund: cell }: NavFundContract,
  fund: NavFund,
  { navFund, shares }: Ask<'request-redemption'>,
): CallResult {
  if (fund.queue.length >= MOST_REDEMPTIONS) return 'queue-full'
  const requested = requestRedemption(fund, { holder: sender, shares }, now)
  if (requested.status === 'refused') return requested.reason
  const moved = state.ledger.post('nav-request', [
    holderLeg(state, sender, spec.share, -shares),
    { kind: 'POOL', owner: spec.address, token: spec.share, amount: shares },
  ])
  if (!moved) return 'insufficient-balance'
  cell.set(requested.fund)
  events.push({ kind: 'redemption-requested', navFund, holder: sender, shares, ...markOf(fund) })
  return null
}

function pay(
  { state, now, events, rules }: CallContext,
  { spec, rules: terms, fund: cell }: NavFundContract,
  fund: NavFund,
): CallResult {
  const { address: navFund, token, share } = spec
  const paid = rules.payRedemptions(fund, now, terms)
  if (paid.payments.length === 0) return 'nothing-due'
  const payments = paid.payments.map(
    ({ holder, ...each }): NavPayment => ({ holder: asAddress(holder), ...each }),
  )
  for (const { holder, shares, amount } of payments) {
    const legs: Leg[] = [
      { kind: 'POOL', owner: navFund, token: share, amount: -shares },
      { kind: 'SUPPLY', owner: '', token: share, amount: shares },
    ]
    if (amount > 0n) legs.push(...coins(state, { navFund, token, holder, amount }))
    if (!state.ledger.post('nav-payment', legs)) return 'pool-exhausted'
  }
  cell.set(paid.fund)
  events.push({ kind: 'redemptions-paid', navFund, payments, ...markOf(fund) })
  return null
}

function fill(
  { state, sender, events }: CallContext,
  { spec, fund }: NavFundContract,
  { navFund, amount }: Ask<'fill-buffer'>,
): CallResult {
  if (amount <= 0n) return 'zero-amount'
  const paid = state.ledger.post('nav-fill', [
    holderLeg(state, sender, spec.token, -amount),
    { kind: 'POOL', owner: spec.address, token: spec.token, amount },
  ])
  if (!paid) return 'insufficient-balance'
  const before = fund.get()
  fund.set({ ...before, cash: before.cash + amount })
  events.push({ kind: 'buffer-filled', navFund, from: sender, amount })
  return null
}

function coins(
  state: CallContext['state'],
  paid: {
    readonly navFund: Address
    readonly token: Address
    readonly holder: Address
    readonly amount: bigint
  },
): Leg[] {
  const { navFund, token, holder, amount } = paid
  return [{ kind: 'POOL', owner: navFund, token, amount: -amount }, holderLeg(state, holder, token, amount)]
}

function markOf({ mark }: NavFund): { readonly markE8: bigint; readonly markedAt: number } {
  return { markE8: mark.valueE18 / MARK_SCALE, markedAt: mark.publishedAt }
}
