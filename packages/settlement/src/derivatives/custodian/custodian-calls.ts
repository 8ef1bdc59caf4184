// The entry points of a custodian's contract: it says that it has stopped, hands over what is left with the list of its creditors, and
// these are paid pro rata by custodian-book.ts.
import { assertNever } from '@solvent/primitives'
import { type CustodianCall, type EstateClaim, MOST_ESTATE_CLAIMS } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import type { CustodianContract } from './custodian-contract.ts'

export function runCustodianCall(
  context: CallContext,
  contract: CustodianContract,
  call: CustodianCall,
): CallResult {
  switch (call.kind) {
    case 'halt-withdrawals':
      return halt(context, contract)
    case 'wind-up-custodian':
      return windUpOnChain(context, contract, call.claims)
    case 'claim-estate':
      return payCreditor(context, contract, call.holder)
    default:
      return assertNever(call)
  }
}

function halt({ sender, events }: CallContext, { spec, status }: CustodianContract): CallResult {
  if (sender !== spec.account) return 'not-authorised'
  if (status.get() !== 'open') return 'already-halted'
  status.set('halted')
  events.push({ kind: 'withdrawals-halted', custodian: spec.address })
  return null
}

function windUpOnChain(
  { state, sender, events, index }: CallContext,
  { spec, status, estate, claims }: CustodianContract,
  listed: readonly EstateClaim[],
): CallResult {
  const { address, account, token } = spec
  if (sender !== account) return 'not-authorised'
  if (status.get() !== 'halted') return 'not-halted'
  const holders = new Set(listed.map(({ holder }) => holder))
  const isSound =
    listed.length > 0 &&
    listed.length <= MOST_ESTATE_CLAIMS &&
    holders.size === listed.length &&
    !holders.has(account) &&
    listed.every(({ holder, amount }) => amount > 0n && !index.isProtected(holder))
  if (!isSound) return 'bad-claims'
  const owed = listed.reduce((sum, { amount }) => sum + amount, 0n)
  const assets = state.ledger.balance(state.kindOf(account), account, token)
  if (assets > 0n)
    state.ledger.post('estate-fund', [
      holderLeg(state, account, token, -assets),
      { kind: 'POOL', owner: address, token, amount: assets },
    ])
  status.set('wound-up')
  estate.set({ assets, owed })
  for (const { holder, amount } of listed) claims.set(holder, amount)
  events.push({ kind: 'custodian-wound-up', custodian: address, assets, owed })
  return null
}

function payCreditor(
  { state, events, rules }: CallContext,
  { spec, estate, claims }: CustodianContract,
  holder: EstateClaim['holder'],
): CallResult {
  const shared = estate.get()
  if (shared === null) return 'not-wound-up'
  const claim = claims.get(holder) ?? 0n
  if (claim === 0n) return 'nothing-claimed'
  const { address, token } = spec
  const paid = rules.estateShare(shared, claim)
  if (paid > 0n)
    state.ledger.post('estate-claim', [
      { kind: 'POOL', owner: address, token, amount: -paid },
      holderLeg(state, holder, token, paid),
    ])
  claims.delete(holder)
  events.push({ kind: 'estate-claimed', custodian: address, holder, claim, paid })
  return null
}
