// The entry points of a cover fund. The premium goes in before cover is sold, claims are paid by the rules beside it; time and price
// of a stress are the chain's.
import { assertNever } from '@solvent/primitives'
import type { CoverCall, Leg } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { readAnswer } from '../../oracle/read-answer.ts'
import type { CoverContract } from './cover-contract.ts'
import { buyCover, triggerCover } from './cover-fund.ts'
import { observedStress } from './stress-trigger.ts'

export function runCoverCall(context: CallContext, contract: CoverContract, call: CoverCall): CallResult {
  switch (call.kind) {
    case 'buy-cover':
      return buy(context, contract, call.amount)
    case 'note-stress':
      return note(context, contract)
    case 'claim-cover':
      return claim(context, contract, call)
    default:
      return assertNever(call)
  }
}

function buy(
  { state, sender, events }: CallContext,
  { spec, fund }: CoverContract,
  amount: bigint,
): CallResult {
  const { address, token } = spec
  const sold = buyCover(fund.get(), { holder: sender, amount }, spec)
  if (sold.status === 'refused') return sold.reason
  const { premium } = sold
  if (premium > 0n) {
    const legs: Leg[] = [
      holderLeg(state, sender, token, -premium),
      { kind: 'POOL', owner: address, token, amount: premium },
    ]
    if (!state.ledger.post('cover-premium', legs)) return 'insufficient-balance'
  }
  fund.set(sold.fund)
  events.push({ kind: 'cover-bought', cover: address, holder: sender, amount, premium })
  return null
}

function note(
  { state, now, rules, events }: CallContext,
  { spec, fund, trigger }: CoverContract,
): CallResult {
  const answer = rules.acceptedPrice(spec.index, now, (oracle) => readAnswer(state, oracle, now))
  const priceE8 = answer?.answerE8 ?? null
  const next = observedStress(trigger.get(), priceE8, now, spec)
  trigger.set(next)
  if (next.triggeredAt !== null) fund.set(triggerCover(fund.get()))
  const { belowSeconds, triggeredAt } = next
  events.push({ kind: 'stress-noted', cover: spec.address, priceE8, belowSeconds, triggeredAt })
  return null
}

function claim(
  { state, events, rules }: CallContext,
  { spec, fund }: CoverContract,
  { holder }: Extract<CoverCall, { kind: 'claim-cover' }>,
): CallResult {
  const { address, token } = spec
  const claimed = rules.claimCover(fund.get(), holder, spec)
  if (claimed.status === 'refused') return claimed.reason
  const { paid, unpaid } = claimed
  if (paid > 0n)
    state.ledger.post('cover-payment', [
      { kind: 'POOL', owner: address, token, amount: -paid },
      holderLeg(state, holder, token, paid),
    ])
  fund.set(claimed.fund)
  events.push({ kind: 'cover-claimed', cover: address, holder, covered: paid + unpaid, paid })
  return null
}
