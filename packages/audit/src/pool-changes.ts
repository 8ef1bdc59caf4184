// What each event does to the ledger of a pool, and how it is taken back when its block is re-orged away.
import type { ChainEvent } from '@solvent/protocol'
import type { PoolLedger } from './pool-ledger.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

export type PoolChange = Event<
  'pool-deposited' | 'pool-withdrawn' | 'pool-refilled' | 'pool-rate-set' | 'payout-queued' | 'payout-made'
>

/** Carries the ledger over the event; `now` is the timestamp of its block. */
export function apply(pool: PoolLedger, event: PoolChange, now: number): void {
  switch (event.kind) {
    case 'pool-deposited':
      move(pool, event.amount, event.shares)
      break
    case 'pool-withdrawn':
      move(pool, -event.amount, -event.shares)
      break
    case 'pool-refilled':
      move(pool, event.amount, 0n)
      break
    case 'pool-rate-set':
      pool.rates.push(event.rateE18)
      break
    case 'payout-queued': {
      const { message, recipient, amount, fee, position } = event
      pool.queue.push({ message, recipient, amount, fee, position, since: now })
      pool.nextPosition++
      break
    }
    case 'payout-made': {
      const waited = event.position === null ? undefined : pool.queue.shift()
      if (waited !== undefined) pool.longestWait = Math.max(pool.longestWait, now - waited.since)
      pay(pool, event, 1n)
      break
    }
  }
}

/** What `apply` did, undone: the event's block is no longer followed. */
export function takeBack(pool: PoolLedger, event: PoolChange): void {
  switch (event.kind) {
    case 'pool-deposited':
      move(pool, -event.amount, -event.shares)
      break
    case 'pool-withdrawn':
      move(pool, event.amount, event.shares)
      break
    case 'pool-refilled':
      move(pool, -event.amount, 0n)
      break
    case 'pool-rate-set':
      pool.rates.pop()
      break
    case 'payout-queued':
      pool.queue.pop()
      pool.nextPosition--
      break
    case 'payout-made': {
      const { message, recipient, amount, fee, position } = event
      pay(pool, event, -1n)
      // Its wait begins again: when it was queued is no longer known.
      if (position !== null)
        pool.queue.unshift({ message, recipient, amount, fee, position, since: pool.queue[0]?.since ?? 0 })
      break
    }
  }
}

function move(pool: PoolLedger, amount: bigint, shares: bigint): void {
  pool.cash += amount
  pool.value += amount
  pool.shares += shares
}

function pay(pool: PoolLedger, { amount, fee, paid }: Event<'payout-made'>, sign: 1n | -1n): void {
  const net = amount - fee
  pool.cash -= sign * paid
  pool.claims += sign * amount
  pool.value += sign * (amount - paid)
  pool.fees += sign * fee
  pool.rateLoss += sign * (paid - net)
}
