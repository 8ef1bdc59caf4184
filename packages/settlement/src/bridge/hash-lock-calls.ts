// The entry points of a hash-lock contract. A lock ends once: the preimage pays its recipient, time gives it back to its
// depositor; whoever ends it gets the safety deposit. The contract has no owner and no pause.
import { assertNever, type Hash32, ZERO_ADDRESS } from '@solvent/primitives'
import { type Custody, type HashLockCall, hashLockId, hashLockOf, type Leg } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../execution/call-context.ts'
import type { BridgeState } from './bridge-state.ts'
import type { LockPhase } from './hash-lock/lock-phase.ts'
import type { HashLock } from './hash-lock/lock-state.ts'
import { routeOf } from './route.ts'

type HashLockCustody = Extract<Custody, { kind: 'hash-lock' }>
type CallOf<K extends HashLockCall['kind']> = Extract<HashLockCall, { kind: K }>

export function runHashLockCall(context: CallContext, call: HashLockCall): CallResult {
  const contract = context.state.bridges.get(call.bridge)
  if (contract === undefined) return 'unknown-bridge'
  const { custody } = contract.spec
  if (custody.kind !== 'hash-lock') return 'wrong-custody'
  switch (call.kind) {
    case 'hash-lock-create':
      return create(context, contract, custody, call)
    case 'hash-lock-withdraw':
      return withdraw(context, contract, custody, call)
    case 'hash-lock-cancel':
      return cancel(context, contract, custody, call)
    default:
      return assertNever(call)
  }
}

function create(
  context: CallContext,
  contract: BridgeState,
  { safetyDeposit }: HashLockCustody,
  call: CallOf<'hash-lock-create'>,
): CallResult {
  const { index, state, chain, sender, now, events } = context
  const { bridge, leg, token, amount, recipient, hash } = call
  if (routeOf(contract.spec, chain.chainId, token) === undefined) return 'unknown-token'
  if (amount <= 0n) return 'zero-amount'
  if (index.isProtected(recipient)) return 'not-authorised'
  const lock = hashLockId(chain.chainId, sender, call)
  if (contract.locks.get(lock) !== undefined) return 'already-open'
  const legs: Leg[] = [
    holderLeg(state, sender, token, -amount),
    { kind: 'BRIDGE_LOCK', owner: bridge, token, amount },
  ]
  if (safetyDeposit > 0n) {
    legs.push(holderLeg(state, sender, ZERO_ADDRESS, -safetyDeposit), {
      kind: 'BRIDGE_LOCK',
      owner: bridge,
      token: ZERO_ADDRESS,
      amount: safetyDeposit,
    })
  }
  if (!state.ledger.post('hash-lock-create', legs)) return 'insufficient-balance'
  const terms = { leg, hash, token, amount, depositor: sender, recipient }
  contract.locks.set(lock, Object.freeze({ ...terms, createdAt: now, status: 'open' }))
  events.push({ kind: 'hash-lock-created', bridge, lock, ...terms, safetyDeposit })
  return null
}

function withdraw(
  context: CallContext,
  contract: BridgeState,
  custody: HashLockCustody,
  { bridge, lock: id, preimage }: CallOf<'hash-lock-withdraw'>,
): CallResult {
  const lock = contract.locks.get(id)
  if (lock === undefined) return 'unknown-lock'
  if (lock.status !== 'open') return 'already-ended'
  const phase = phaseOf(context, custody, lock)
  if (phase === 'finality-lock') return 'too-early'
  if (phase === 'private-cancellation' || phase === 'public-cancellation') return 'too-late'
  if (phase === 'private-withdrawal' && !isParty(context, lock)) return 'not-authorised'
  if (hashLockOf(preimage) !== lock.hash) return 'wrong-preimage'
  end(context, contract, { id, lock, status: 'withdrawn', payee: lock.recipient, custody })
  context.events.push({ kind: 'hash-lock-withdrawn', bridge, lock: id, preimage, by: context.sender })
  return null
}

function cancel(
  context: CallContext,
  contract: BridgeState,
  custody: HashLockCustody,
  { bridge, lock: id }: CallOf<'hash-lock-cancel'>,
): CallResult {
  const lock = contract.locks.get(id)
  if (lock === undefined) return 'unknown-lock'
  if (lock.status !== 'open') return 'already-ended'
  const phase = phaseOf(context, custody, lock)
  if (phase !== 'private-cancellation' && phase !== 'public-cancellation') return 'too-early'
  if (phase === 'private-cancellation' && !isParty(context, lock)) return 'not-authorised'
  end(context, contract, { id, lock, status: 'cancelled', payee: lock.depositor, custody })
  context.events.push({ kind: 'hash-lock-cancelled', bridge, lock: id, by: context.sender })
  return null
}

function phaseOf({ rules, now }: CallContext, custody: HashLockCustody, lock: HashLock): LockPhase {
  return rules.lockPhase(custody[lock.leg], now - lock.createdAt)
}

/** The depositor and the recipient act before everybody else, so that none of them loses the deposit to a stranger. */
function isParty({ sender }: CallContext, { depositor, recipient }: HashLock): boolean {
  return sender === depositor || sender === recipient
}

interface Ending {
  readonly id: Hash32
  readonly lock: HashLock
  readonly status: 'withdrawn' | 'cancelled'
  readonly payee: HashLock['recipient']
  readonly custody: HashLockCustody
}

function end({ state, sender }: CallContext, contract: BridgeState, ending: Ending): void {
  const { id, lock, status, payee, custody } = ending
  const { address } = contract.spec
  const { token, amount } = lock
  const legs: Leg[] = [
    { kind: 'BRIDGE_LOCK', owner: address, token, amount: -amount },
    holderLeg(state, payee, token, amount),
  ]
  if (custody.safetyDeposit > 0n) {
    legs.push(
      { kind: 'BRIDGE_LOCK', owner: address, token: ZERO_ADDRESS, amount: -custody.safetyDeposit },
      holderLeg(state, sender, ZERO_ADDRESS, custody.safetyDeposit),
    )
  }
  state.ledger.post(status === 'withdrawn' ? 'hash-lock-withdraw' : 'hash-lock-cancel', legs)
  contract.locks.set(id, Object.freeze({ ...lock, status }))
}
