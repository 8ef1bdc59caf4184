import { asHash32 } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { L1, strongBridge, tokens, weakBridge } from '../testing/small-network.ts'
import { SLOW_LAG_SECONDS, SLOW_STEP_SECONDS, SlowLedger, slowCutoff } from './slow-ledger.ts'
import { SlowView } from './slow-view.ts'

const order = asHash32(`0x${'1'.repeat(64)}`)

describe('a slow ledger', () => {
  test('moves only at multiples of its step, and not before its lag has passed', () => {
    const ledger = new SlowLedger()
    ledger.add('a', 1_000, 5n)
    // 1,000 is first before a cutoff at 1,200, which is reached 120 s later.
    expect([1_000, 1_319, 1_320, 5_000].map((at) => ledger.read('a', slowCutoff(at)))).toEqual([
      0n,
      0n,
      5n,
      5n,
    ])
  })

  test('gives one order the same view however late it is heard within a step, when anchored at its deadline', () => {
    const signed = 10_007
    const deadline = signed + 900
    const views = Array.from({ length: 120 }, (_, delay) => slowCutoff(signed + delay, deadline))
    // 900 + 120 s before the deadline: in the fourth step before it, for another 120 s.
    expect(new Set(views)).toEqual(new Set([deadline - 4 * SLOW_STEP_SECONDS]))
    expect(slowCutoff(signed + 120, deadline)).toBe(deadline - 3 * SLOW_STEP_SECONDS)
  })

  test('gives the same reading whatever the order in which changes are heard', () => {
    const changes = fc.array(
      fc.record({ atSeconds: fc.nat(20_000), delta: fc.bigInt({ min: -9n, max: 9n }) }),
      { maxLength: 30 },
    )
    const shuffled = changes.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    )
    fc.assert(
      fc.property(
        shuffled,
        fc.array(fc.nat(30_000), { minLength: 1, maxLength: 5 }),
        ([list, permuted], moments) => {
          const read = (each: typeof list) => {
            const ledger = new SlowLedger()
            for (const { atSeconds, delta } of each) ledger.add('a', atSeconds, delta)
            return moments.toSorted((a, b) => a - b).map((at) => ledger.read('a', slowCutoff(at)))
          }
          expect(read(permuted)).toEqual(read(list))
          const last = Math.max(...moments)
          const want = list
            .filter(({ atSeconds }) => atSeconds < slowCutoff(last))
            .reduce((sum, { delta }) => sum + delta, 0n)
          expect(read(list).at(-1)).toBe(want)
        },
      ),
    )
  })

  test('counts a change that is heard long after it was folded', () => {
    const ledger = new SlowLedger()
    ledger.add('a', 100, 1n)
    expect(ledger.read('a', 50_000)).toBe(1n)
    ledger.add('a', 200, 2n)
    expect(ledger.read('a', 50_000)).toBe(3n)
  })
})

describe('a slow view', () => {
  const late = 10 * (SLOW_LAG_SECONDS + SLOW_STEP_SECONDS)
  const promise = { chainId: L1, token: tokens.usdcL1, amount: 30n, bridge: weakBridge, valueE8: 7n }

  test('counts stock at the promise and not again at the fill', () => {
    const view = new SlowView()
    view.begin(L1, tokens.usdcL1, 100n)
    view.commit(order, 1_000, promise)
    view.commit(order, 1_000, promise)
    expect(view.stock(L1, tokens.usdcL1, late)).toBe(70n)
    expect(view.reference(L1, tokens.usdcL1)).toBe(100n)
    expect(view.exposureE8(weakBridge, late)).toBe(7n)
    expect(view.exposureE8(strongBridge, late)).toBe(0n)
    expect(view.delivered(order)).toBe(true)
    view.end(order, 1_500)
    expect(view.stock(L1, tokens.usdcL1, late)).toBe(70n)
    expect(view.exposureE8(weakBridge, late)).toBe(0n)
  })

  test('gives stock back when a promise came to nothing', () => {
    const view = new SlowView()
    view.begin(L1, tokens.usdcL1, 100n)
    view.commit(order, 1_000, promise)
    view.end(order, 1_500)
    expect(view.stock(L1, tokens.usdcL1, 1_500)).toBe(70n)
    expect(view.stock(L1, tokens.usdcL1, late)).toBe(100n)
    expect(view.delivered(order)).toBe(false)
  })
})
