// Hash locks, B-9: each lock ends once, by the preimage of its hash and before its cancellation begins, or by time and not
// before; only its parties act in the private phases; and what the contract holds is what open locks were given.
// Source of the phases: 1inch Fusion+ (cross-chain-swap).
import {
  type Address,
  bytesToHex,
  type ChainId,
  type Hash32,
  hexToBytes,
  sha256,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import type { ChainEvent, Custody } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
type HashLockCustody = Extract<Custody, { kind: 'hash-lock' }>
export type LockChange = Event<'hash-lock-created' | 'hash-lock-withdrawn' | 'hash-lock-cancelled'>
type Ending = Event<'hash-lock-withdrawn' | 'hash-lock-cancelled'>

/** How the locks under one hash have ended. */
export interface SwapCounts {
  /** All of two or more were withdrawn. */
  readonly completed: number
  /** All were given back. */
  readonly cancelled: number
  /** Some were withdrawn and some given back: somebody lost. */
  readonly oneSided: number
  readonly open: number
}

interface Lock extends Event<'hash-lock-created'> {
  readonly chainId: ChainId
  readonly createdAt: number
  status: 'open' | 'withdrawn' | 'cancelled'
}

export class HashLockRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #locks = new Map<Hash32, Lock>()
  /** What open locks were given, by bridge, chain and token. */
  readonly #owed = new Map<string, { bridge: Address; chainId: ChainId; token: Address; amount: bigint }>()
  readonly #touched = new Set<string>()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    this.#index = index
  }

  changed(scope: Scope, event: LockChange): void {
    this.#tally.checked['B-9']++
    if (event.kind === 'hash-lock-created') this.#created(scope, event)
    else this.#ended(scope, event)
  }

  /** The journal holds what open locks were given. */
  receiptDone(scope: Scope): void {
    for (const key of this.#touched) this.#held(key, scope.atMs)
    this.#touched.clear()
  }

  sums(atMs: number): void {
    for (const key of this.#owed.keys()) this.#held(key, atMs)
  }

  /** Takes an event of an orphaned block back. */
  undo(chain: ChainRecord, event: ChainEvent): void {
    if (event.kind === 'hash-lock-created') {
      const lock = this.#locks.get(event.lock)
      if (lock === undefined || lock.chainId !== chain.chainId) return
      this.#locks.delete(event.lock)
      this.#owe(lock, -1n)
    } else if (event.kind === 'hash-lock-withdrawn' || event.kind === 'hash-lock-cancelled') {
      const lock = this.#locks.get(event.lock)
      if (lock === undefined || lock.status === 'open') return
      lock.status = 'open'
      this.#owe(lock, 1n)
    }
  }

  /** The swaps of one bridge whose first lock is of one of these tokens. */
  swaps(bridge: Address, isOf: (chainId: ChainId, token: Address) => boolean): SwapCounts {
    const counts = { completed: 0, cancelled: 0, oneSided: 0, open: 0 }
    const byHash = new Map<Hash32, Lock[]>()
    for (const lock of this.#locks.values()) {
      if (lock.bridge === bridge) byHash.set(lock.hash, [...(byHash.get(lock.hash) ?? []), lock])
    }
    for (const locks of byHash.values()) {
      if (!isOf(locks[0]!.chainId, locks[0]!.token)) continue
      counts[outcomeOf(locks)]++
    }
    return counts
  }

  #created(scope: Scope, event: Event<'hash-lock-created'>): void {
    const custody = this.#custodyOf(event.bridge)
    if (custody === null) {
      this.#breach(scope, `${event.bridge} has no hash locks`)
      return
    }
    if (this.#locks.has(event.lock)) this.#breach(scope, `lock ${event.lock} is made twice`)
    if (event.safetyDeposit !== custody.safetyDeposit)
      this.#breach(
        scope,
        `lock ${event.lock} has a deposit of ${event.safetyDeposit}, not ${custody.safetyDeposit}`,
      )
    const { chainId } = scope.chain
    const lock: Lock = { ...event, chainId, createdAt: scope.timestamp, status: 'open' }
    this.#locks.set(event.lock, lock)
    this.#owe(lock, 1n)
  }

  #ended(scope: Scope, event: Ending): void {
    const lock = this.#locks.get(event.lock)
    const custody = this.#custodyOf(event.bridge)
    if (lock === undefined || custody === null || lock.chainId !== scope.chain.chainId) {
      this.#breach(scope, `${event.kind} of ${event.lock}, which this chain never made`)
      return
    }
    if (lock.status !== 'open') {
      this.#breach(scope, `${event.kind} of ${event.lock}, which was ${lock.status} before`)
      return
    }
    const problem = endingProblem(lock, event, { custody, age: scope.timestamp - lock.createdAt })
    if (problem !== null) this.#breach(scope, `lock ${event.lock}: ${problem}`)
    this.#paid(scope, lock, event)
    lock.status = event.kind === 'hash-lock-withdrawn' ? 'withdrawn' : 'cancelled'
    this.#owe(lock, -1n)
  }

  /** The entry pays whom the ending names, in full. */
  #paid(scope: Scope, lock: Lock, event: Ending): void {
    const isWithdrawn = event.kind === 'hash-lock-withdrawn'
    const payee = isWithdrawn ? lock.recipient : lock.depositor
    const entry = scope.receipt.entries.find(
      ({ cause }) => cause === (isWithdrawn ? 'hash-lock-withdraw' : 'hash-lock-cancel'),
    )
    let got = 0n
    for (const leg of entry?.legs ?? [])
      if (leg.owner === payee && leg.token === lock.token && leg.kind !== 'BRIDGE_LOCK') got += leg.amount
    // The caller's deposit is of the gas token.
    if (lock.token === ZERO_ADDRESS && event.by === payee) got -= lock.safetyDeposit
    if (got !== lock.amount)
      this.#breach(scope, `lock ${event.lock} of ${lock.amount} paid ${got} to ${payee}`)
  }

  #held(key: string, atMs: number): void {
    const owed = this.#owed.get(key)
    if (owed === undefined) return
    const { bridge, chainId, token, amount } = owed
    this.#tally.checked['B-9']++
    const held = this.#index.chains.get(chainId)!.book.token(token).balance('BRIDGE_LOCK', bridge)
    if (held !== amount)
      this.#tally.breach(
        'B-9',
        atMs,
        chainId,
        `bridge ${bridge} holds ${held} of ${token}, open locks ${amount}`,
      )
  }

  #owe({ bridge, chainId, token, amount, safetyDeposit }: Lock, sign: 1n | -1n): void {
    this.#add(bridge, chainId, token, sign * amount)
    this.#add(bridge, chainId, ZERO_ADDRESS, sign * safetyDeposit)
  }

  #add(bridge: Address, chainId: ChainId, token: Address, amount: bigint): void {
    const key = `${bridge}/${chainId}/${token}`
    const owed = this.#owed.get(key) ?? { bridge, chainId, token, amount: 0n }
    owed.amount += amount
    this.#owed.set(key, owed)
    this.#touched.add(key)
  }

  #custodyOf(bridge: Address): HashLockCustody | null {
    const custody = this.#index.bridges.get(bridge)?.custody
    return custody?.kind === 'hash-lock' ? custody : null
  }

  #breach(scope: Scope, detail: string): void {
    this.#tally.breach(
      'B-9',
      scope.atMs,
      scope.chain.chainId,
      `block ${scope.block.header.number}: ${detail}`,
    )
  }
}

/** Why a lock may not end so now, or null. */
function endingProblem(
  { hash, leg, depositor, recipient }: Lock,
  event: Ending,
  { custody, age }: { readonly custody: HashLockCustody; readonly age: number },
): string | null {
  const windows = custody[leg]
  const isParty = event.by === depositor || event.by === recipient
  if (event.kind === 'hash-lock-cancelled') {
    if (age < windows.cancelAfter) return `cancelled after ${age} s, possible from ${windows.cancelAfter}`
    return isParty || age >= windows.publicCancelAfter ? null : `cancelled by ${event.by} after ${age} s`
  }
  const digest = bytesToHex(sha256(hexToBytes(event.preimage)))
  if (digest !== hash) return `the preimage hashes to ${digest}, not ${hash}`
  if (age < windows.withdrawAfter || age >= windows.cancelAfter)
    return `withdrawn after ${age} s, possible from ${windows.withdrawAfter} to ${windows.cancelAfter}`
  return isParty || age >= windows.publicWithdrawAfter ? null : `withdrawn by ${event.by} after ${age} s`
}

function outcomeOf(locks: readonly Lock[]): keyof SwapCounts {
  if (locks.some(({ status }) => status === 'open')) return 'open'
  const withdrawn = locks.filter(({ status }) => status === 'withdrawn').length
  if (withdrawn === 0) return 'cancelled'
  return withdrawn === locks.length && locks.length > 1 ? 'completed' : 'oneSided'
}
