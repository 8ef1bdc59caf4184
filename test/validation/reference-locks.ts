// Hash locks once more, plainly: what `reference-proofs.ts` has of them. Rules: 1inch Fusion+ (finality lock, private and public withdrawal,
// private and public cancellation, safety deposit).
import type { BridgeSpec, Call } from '@solvent/protocol'

type CallOf<K extends Call['kind']> = Extract<Call, { kind: K }>
export type LockCall = CallOf<'hash-lock-create' | 'hash-lock-withdraw' | 'hash-lock-cancel'>

export interface Lock {
  terms: CallOf<'hash-lock-create'>
  by: string
  at: number
  isOpen: boolean
}

/** A contract of swaps at a moment, and what it can do. */
interface Swap {
  readonly spec: BridgeSpec | undefined
  readonly chainId: number
  /** By all that each was made of. */
  readonly locks: Map<string, Lock>
  readonly nameOf: (id: string) => string
  readonly opens: (preimage: string) => string
  readonly isContract: (account: string) => boolean
  readonly move: (from: string, to: string, amount: bigint) => string | null
  readonly now: number
  readonly from: string
}

export const GAS_TOKEN: string = '0x0000000000000000000000000000000000000000'

export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? `${each}n` : each))

/** Everybody of this network is a user. */
export const holder = (owner: string, token: string): string => `USER|${owner}|${token}`

/** All that a lock is made of. */
export function lockText(call: CallOf<'hash-lock-create'>, by: string): string {
  const { bridge, leg, token, amount, recipient, hash } = call
  return textOf([bridge, leg, token, amount, recipient, hash, by])
}

export function runLock(call: LockCall, swap: Swap): string | null {
  const { spec, locks, move, now, from } = swap
  if (spec === undefined) return 'unknown-bridge'
  const { custody, routes } = spec
  if (custody.kind !== 'hash-lock') return 'wrong-custody'
  const deposits = `BRIDGE_LOCK|${spec.address}|${GAS_TOKEN}`
  if (call.kind === 'hash-lock-create') {
    const { token, amount, recipient } = call
    const ends = routes.flatMap(({ home, wrapped }) => [home, ...wrapped])
    if (!ends.some((end) => end.chainId === swap.chainId && end.token === token)) return 'unknown-token'
    if (amount <= 0n) return 'zero-amount'
    if (swap.isContract(recipient)) return 'not-authorised'
    const name = lockText(call, from)
    if (locks.has(name)) return 'already-open'
    locks.set(name, { terms: call, by: from, at: now, isOpen: true })
    return (
      move(holder(from, token), `BRIDGE_LOCK|${spec.address}|${token}`, amount) ??
      move(holder(from, GAS_TOKEN), deposits, custody.safetyDeposit)
    )
  }
  const lock = locks.get(swap.nameOf(call.lock))
  if (lock === undefined) return 'unknown-lock'
  if (!lock.isOpen) return 'already-ended'
  const { token, amount, recipient, leg, hash } = lock.terms
  const age = now - lock.at
  const isParty = from === lock.by || from === recipient
  const isOpening = call.kind === 'hash-lock-withdraw'
  const { withdrawAfter, publicWithdrawAfter, cancelAfter, publicCancelAfter } = custody[leg]
  if (age < (isOpening ? withdrawAfter : cancelAfter)) return 'too-early'
  if (isOpening && age >= cancelAfter) return 'too-late'
  if (!isParty && age < (isOpening ? publicWithdrawAfter : publicCancelAfter)) return 'not-authorised'
  if (isOpening && swap.opens(call.preimage) !== hash) return 'wrong-preimage'
  lock.isOpen = false
  move(`BRIDGE_LOCK|${spec.address}|${token}`, holder(isOpening ? recipient : lock.by, token), amount)
  return move(deposits, holder(from, GAS_TOKEN), custody.safetyDeposit)
}
