// Payouts of a pool: at once when nobody waits and there is cash, else in the order of delivery as cash comes. Nobody is
// paid in part, and nobody overtakes.
import { type Address, type Hash32, mulDivUp, mulDivWithResidue, WAD } from '@solvent/primitives'
import type { FeeCurve, Leg, Rounding } from '@solvent/protocol'
import { type CallContext, holderLeg } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { payoutFeeE18 } from './lp-fee.ts'
import { poolOf } from './pool-book.ts'
import { PAR_E18, type QueuedPayout } from './pool-state.ts'

/** Queued payouts that one call may settle: a transaction has a gas limit. */
const MAX_PAYOUTS_PER_CALL = 32

/** Pays a delivered transfer, or lets it wait. The pool and its token exist. */
export function payOrQueue(
  context: CallContext,
  contract: BridgeState,
  arrival: {
    readonly message: Hash32
    readonly token: Address
    readonly recipient: Address
    readonly amount: bigint
  },
  curve: FeeCurve,
): void {
  const { token, message, recipient, amount } = arrival
  payWaiting(context, contract, token)
  const pool = poolOf(context, contract, token)
  if (pool === undefined) return
  const fee = mulDivUp(amount, payoutFeeE18(curve, pool.utilised, amount), WAD)
  const payout: QueuedPayout = { message, recipient, amount, fee }
  if (pool.state.waiting === 0 && pay(context, contract, token, payout, null)) return
  const position = pool.state.enqueue(payout)
  context.events.push({ kind: 'payout-queued', bridge: pool.bridge, token, ...payout, position })
}

/** Pays those who wait, first come first, as far as the cash reaches; none while the bridge is paused (B-7). */
export function payWaiting(context: CallContext, contract: BridgeState, token: Address): void {
  const state = contract.pools.get(token)
  if (state === undefined || context.rules.blockedByFreeze(contract.freeze.get(), context.now, 'release'))
    return
  for (let paid = 0; paid < MAX_PAYOUTS_PER_CALL; paid++) {
    const next = state.next()
    if (next === null || !pay(context, contract, token, next.payout, next.position)) return
    state.dequeue()
  }
}

/** False, and nothing has changed, when the cash does not reach. */
function pay(
  context: CallContext,
  contract: BridgeState,
  token: Address,
  payout: QueuedPayout,
  position: number | null,
): boolean {
  const { state, events } = context
  const bridge = contract.spec.address
  const pool = contract.pools.get(token)
  if (pool === undefined) return false
  const { message, recipient, amount, fee } = payout
  const { quotient: paid, residue } = mulDivWithResidue(amount - fee, pool.rateE18.get(), PAR_E18)
  if (paid > state.ledger.balance('POOL', bridge, token)) return false
  if (paid > 0n) {
    const legs: Leg[] = [
      { kind: 'POOL', owner: bridge, token, amount: -paid },
      holderLeg(state, recipient, token, paid),
    ]
    const rounding: Rounding[] =
      residue === 0n ? [] : [{ token, direction: 'floor', residue, divisor: PAR_E18 }]
    state.ledger.post('pool-out', legs, rounding)
  }
  pool.claims.set(pool.claims.get() + amount)
  events.push({ kind: 'payout-made', bridge, token, message, recipient, amount, fee, paid, position })
  return true
}
