import { asHash32, type Hash32 } from '@solvent/primitives'
import type { DomainEvent, JournalEntry } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { address, L1, ROLLUP, tokens } from '../testing/small-network.ts'
import { Inventory } from './inventory.ts'

const id = (n: number): Hash32 => asHash32(`0x${n.toString(16).padStart(64, '0')}`)
const owner = address('atlas')

function setUp(floor = 0n) {
  const events: Extract<DomainEvent, { reserved: bigint }>[] = []
  const inventory = new Inventory({
    owner,
    record: (event) => void events.push(event as Extract<DomainEvent, { reserved: bigint }>),
    floor: (_chainId, token) => (token === tokens.gas ? floor : 0n),
  })
  return { inventory, events }
}

const entry = (amount: bigint): JournalEntry => ({
  index: 0,
  cause: 'transfer',
  legs: [
    { kind: 'SOLVER', owner, token: tokens.usdcL1, amount },
    { kind: 'USER', owner: address('user-1'), token: tokens.usdcL1, amount: -amount },
  ],
  rounding: [],
})

describe('an inventory', () => {
  test('folds its own legs and nobody else’s, and takes them back', () => {
    const { inventory } = setUp()
    inventory.begin(L1, tokens.usdcL1, 100n)
    expect(inventory.apply(L1, [entry(30n), entry(-10n)])).toEqual([
      { cause: 'transfer', token: tokens.usdcL1, amount: 30n },
      { cause: 'transfer', token: tokens.usdcL1, amount: -10n },
    ])
    expect(inventory.balance(L1, tokens.usdcL1)).toBe(120n)
    expect(inventory.balance(ROLLUP, tokens.usdcL1)).toBe(0n)
    inventory.unapply(L1, [entry(30n)])
    expect(inventory.balance(L1, tokens.usdcL1)).toBe(90n)
  })

  test('keeps the floor of a gas token out of what is free', () => {
    const { inventory } = setUp(40n)
    inventory.begin(L1, tokens.gas, 100n)
    expect(inventory.free(L1, tokens.gas)).toBe(60n)
    expect(inventory.reserve(id(1), L1, tokens.gas, 61n, 'bid')).toBe(false)
    expect(inventory.reserve(id(1), L1, tokens.gas, 60n, 'bid')).toBe(true)
    expect(inventory.free(L1, tokens.gas)).toBe(0n)
  })

  test('records every reservation with the totals after it', () => {
    const { inventory, events } = setUp()
    inventory.begin(L1, tokens.usdcL1, 100n)
    inventory.reserve(id(1), L1, tokens.usdcL1, 30n, 'bid')
    inventory.reserve(id(2), L1, tokens.usdcL1, 20n, 'quote')
    inventory.release(id(1), 'lost')
    inventory.release(id(1), 'lost')
    expect(events.map((e) => [e.kind, e.amount, e.reserved, e.balance, e.reason])).toEqual([
      ['inventory-reserved', 30n, 30n, 100n, 'bid'],
      ['inventory-reserved', 20n, 50n, 100n, 'quote'],
      ['inventory-released', 30n, 20n, 100n, 'lost'],
    ])
  })

  test('never sets aside more than it holds, whatever is asked of it (O-13)', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('reserve' as const),
        id: fc.nat(8),
        amount: fc.bigInt({ min: -5n, max: 60n }),
      }),
      fc.record({ do: fc.constant('release' as const), id: fc.nat(8) }),
      fc.record({ do: fc.constant('receive' as const), amount: fc.bigInt({ min: 1n, max: 40n }) }),
    )
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 100n }), fc.array(step, { maxLength: 60 }), (start, steps) => {
        const { inventory, events } = setUp()
        inventory.begin(L1, tokens.usdcL1, start)
        const held = new Map<number, bigint>()
        for (const each of steps) {
          if (each.do === 'receive') inventory.apply(L1, [entry(each.amount)])
          else if (each.do === 'release') {
            inventory.release(id(each.id), 'lost')
            held.delete(each.id)
          } else if (inventory.reserve(id(each.id), L1, tokens.usdcL1, each.amount, 'bid'))
            held.set(each.id, each.amount)
          const reserved = [...held.values()].reduce((sum, amount) => sum + amount, 0n)
          const balance = inventory.balance(L1, tokens.usdcL1)
          expect(inventory.free(L1, tokens.usdcL1)).toBe(balance - reserved)
          expect(inventory.size).toBe(held.size)
        }
        for (const event of events) expect(0n <= event.reserved && event.reserved <= event.balance).toBe(true)
      }),
    )
  })
})
