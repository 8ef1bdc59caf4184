// Liquidity pools, B-6: cash and claims are what belongs to the providers, utilisation is at most 1, shares are given and
// taken at their value rounded in the pool's favour, and whoever waits for a payout is paid in the order of delivery.
import type { Hash32 } from '@solvent/primitives'
import type { ChainEvent } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import { apply, type PoolChange, takeBack } from './pool-changes.ts'
import { expectedFee } from './pool-fee.ts'
import { PoolLedger, type Waiting } from './pool-ledger.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
type Payout = Event<'payout-queued' | 'payout-made'>

/** Shares and units that nobody owns (ERC-4626 with a decimals offset of 3). */
const UNOWNED_SHARES = 1_000n
const UNOWNED_VALUE = 1n

export class PoolRules {
  readonly pools: readonly PoolLedger[]
  readonly #tally: Tally
  readonly #byToken = new Map<string, PoolLedger>()
  readonly #touched = new Set<PoolLedger>()
  /** Transfers that the transaction has delivered to a pool and not yet paid or queued. */
  readonly #arrived = new Map<Hash32, Event<'message-delivered'>['message']>()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    this.pools = index.spec.bridges.flatMap(({ address, custody, routes }) => {
      if (custody.kind !== 'pool') return []
      const ends = routes.flatMap(({ home, wrapped }) => [home, ...wrapped])
      return ends.map((end) => new PoolLedger(address, custody.fee, end, index.chains.get(end.chainId)!.book))
    })
    for (const pool of this.pools) this.#byToken.set(keyOf(pool.bridge, pool.chainId, pool.token), pool)
  }

  genesis(): void {
    for (const pool of this.pools) pool.begin()
  }

  /** What was paid in for another chain. */
  pooled(scope: Scope, { bridge, token, amount }: Event<'bridge-transfer'>): void {
    const pool = this.#find(scope, bridge, token)
    if (pool === null) return
    pool.cash += amount
    pool.claims -= amount
  }

  delivered(scope: Scope, { message, digest }: Event<'message-delivered'>): void {
    const { payload } = message
    if (payload.kind !== 'transfer') return
    if (this.#byToken.has(keyOf(message.bridge, scope.chain.chainId, payload.token)))
      this.#arrived.set(digest, message)
  }

  changed(scope: Scope, event: PoolChange): void {
    const pool = this.#find(scope, event.bridge, event.token)
    if (pool === null) return
    this.#tally.checked['B-6']++
    switch (event.kind) {
      case 'pool-deposited':
        this.#deposited(scope, pool, event)
        break
      case 'pool-withdrawn':
        this.#withdrawn(scope, pool, event)
        break
      case 'pool-refilled':
        break
      case 'pool-rate-set':
        break
      case 'payout-queued':
        this.#queued(scope, pool, event)
        break
      case 'payout-made':
        this.#made(scope, pool, event)
        break
    }
    apply(pool, event, scope.timestamp)
  }

  /** The pools that the transaction touched, against the journal. */
  receiptDone(scope: Scope): void {
    for (const [digest, message] of this.#arrived)
      this.#breach(scope.atMs, message, `message ${digest} was delivered and neither paid nor queued`)
    this.#arrived.clear()
    for (const pool of this.#touched) this.#sound(scope.atMs, pool)
    this.#touched.clear()
  }

  sums(atMs: number): void {
    for (const pool of this.pools) this.#sound(atMs, pool)
  }

  /** Takes an event of an orphaned block back. */
  undo(chain: ChainRecord, event: ChainEvent): void {
    switch (event.kind) {
      case 'bridge-transfer': {
        if (event.step !== 'pooled') return
        const pool = this.#byToken.get(keyOf(event.bridge, chain.chainId, event.token))
        if (pool === undefined) return
        pool.cash -= event.amount
        pool.claims += event.amount
        return
      }
      case 'pool-deposited':
      case 'pool-withdrawn':
      case 'pool-refilled':
      case 'pool-rate-set':
      case 'payout-queued':
      case 'payout-made': {
        const pool = this.#byToken.get(keyOf(event.bridge, chain.chainId, event.token))
        if (pool !== undefined) takeBack(pool, event)
        return
      }
    }
  }

  #deposited(scope: Scope, pool: PoolLedger, { amount, shares }: Event<'pool-deposited' | 'pool-withdrawn'>) {
    const due = (amount * (pool.shares + UNOWNED_SHARES)) / (pool.value + UNOWNED_VALUE)
    if (shares !== due)
      this.#breach(scope.atMs, pool, `a deposit of ${amount} got ${shares} shares, due are ${due}`)
  }

  #withdrawn(scope: Scope, pool: PoolLedger, { amount, shares }: Event<'pool-deposited' | 'pool-withdrawn'>) {
    const due = (shares * (pool.value + UNOWNED_VALUE)) / (pool.shares + UNOWNED_SHARES)
    if (amount !== due) this.#breach(scope.atMs, pool, `${shares} shares got ${amount}, due are ${due}`)
    if (pool.queue.length > 0)
      this.#breach(scope.atMs, pool, `${amount} was withdrawn before ${pool.queue.length} payouts that wait`)
  }

  /** A payout waits only behind others or for cash. */
  #queued(scope: Scope, pool: PoolLedger, event: Event<'payout-queued'>): void {
    this.#isOfArrival(scope, pool, event)
    if (event.position !== pool.nextPosition)
      this.#breach(scope.atMs, pool, `queue position ${event.position}, expected ${pool.nextPosition}`)
    const due = pool.payoutOf(event.amount, event.fee)
    if (pool.queue.length === 0 && pool.cash >= due)
      this.#breach(scope.atMs, pool, `payout ${event.message} of ${due} waits although ${pool.cash} is there`)
  }

  #made(scope: Scope, pool: PoolLedger, event: Event<'payout-made'>): void {
    const { message, position, paid } = event
    if (position === null) {
      this.#isOfArrival(scope, pool, event)
      if (pool.queue.length > 0)
        this.#breach(scope.atMs, pool, `payout ${message} overtakes ${pool.queue.length} that wait`)
    } else {
      const first = pool.queue[0]
      if (first === undefined || !isSame(first, event))
        this.#breach(
          scope.atMs,
          pool,
          `payout ${message} at ${position} is not the first of the queue (${first?.position})`,
        )
    }
    const due = pool.payoutOf(event.amount, event.fee)
    if (paid !== due) this.#breach(scope.atMs, pool, `payout ${message} paid ${paid}, due are ${due}`)
  }

  /** What is paid or queued on arrival is what the message says, at the fee of the moment. */
  #isOfArrival(scope: Scope, pool: PoolLedger, { message, recipient, amount, fee }: Payout): void {
    const payload = this.#arrived.get(message)?.payload
    this.#arrived.delete(message)
    if (payload?.kind !== 'transfer' || payload.amount !== amount || payload.recipient !== recipient) {
      this.#breach(
        scope.atMs,
        pool,
        `payout ${message} of ${amount} to ${recipient} is of no transfer that arrived`,
      )
    }
    const due = expectedFee(pool.curve, { cash: pool.cash, used: pool.used }, amount)
    if (fee !== due)
      this.#breach(scope.atMs, pool, `payout ${message} of ${amount} costs ${fee}, due are ${due}`)
  }

  #sound(atMs: number, pool: PoolLedger): void {
    this.#tally.checked['B-6']++
    const { cash, claims, value, shares, bookedCash, bookedShares } = pool
    if (cash !== bookedCash) this.#breach(atMs, pool, `the journal holds ${bookedCash}, events leave ${cash}`)
    if (shares !== bookedShares)
      this.#breach(atMs, pool, `the journal has ${bookedShares} shares, events leave ${shares}`)
    if (cash + claims !== value)
      this.#breach(atMs, pool, `cash ${cash} + claims ${claims} differ from the providers' ${value}`)
    if (cash < 0n) this.#breach(atMs, pool, `utilisation is above 1: claims ${claims} of ${value}`)
  }

  #find(scope: Scope, bridge: PoolLedger['bridge'], token: PoolLedger['token']): PoolLedger | null {
    const { chainId } = scope.chain
    const pool = this.#byToken.get(keyOf(bridge, chainId, token))
    if (pool === undefined) {
      this.#breach(scope.atMs, { bridge, chainId, token }, 'there is no such pool')
      return null
    }
    this.#touched.add(pool)
    return pool
  }

  #breach(
    atMs: number,
    pool: {
      bridge: string
      chainId?: PoolLedger['chainId']
      dstChainId?: PoolLedger['chainId']
      token?: string
    },
    detail: string,
  ): void {
    const chainId = pool.chainId ?? pool.dstChainId!
    this.#tally.breach(
      'B-6',
      atMs,
      chainId,
      `pool of ${pool.token ?? 'a token'} of bridge ${pool.bridge}: ${detail}`,
    )
  }
}

function keyOf(bridge: string, chainId: number, token: string): string {
  return `${bridge}/${chainId}/${token}`
}

function isSame(waiting: Waiting, event: Event<'payout-made'>): boolean {
  return (
    waiting.message === event.message &&
    waiting.position === event.position &&
    waiting.recipient === event.recipient &&
    waiting.amount === event.amount &&
    waiting.fee === event.fee
  )
}
