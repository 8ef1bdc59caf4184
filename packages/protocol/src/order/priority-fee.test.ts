import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderPrice } from './order-price.ts'
import { amountAtFee, feeOfTip } from './priority-fee.ts'

test('the output grows with the fee, rounded up (UniswapX PriorityFeeLib)', () => {
  // ceil(1000000 · (1e7 + 3 · 10)/1e7) = 1000003, and of one unit more 1000004.000003, up.
  expect(amountAtFee(1_000_000n, 3n, 10n)).toEqual({ amount: 1_000_003n, rounding: null })
  expect(amountAtFee(1_000_001n, 3n, 10n)).toEqual({
    amount: 1_000_005n,
    rounding: { direction: 'up', residue: 9_999_970n, divisor: 10_000_000n },
  })
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 30n), fc.bigInt(0n, 10n ** 6n), (amount, fee) => {
      const { amount: due, rounding } = amountAtFee(amount, fee, 7n)
      expect(due * 10_000_000n - (rounding?.residue ?? 0n)).toBe(amount * (10_000_000n + fee * 7n))
    }),
  )
})

test('a tip counts in whole units, and orders ask for nothing more without one', () => {
  expect([feeOfTip(2_999_999n, 1_000_000n), feeOfTip(5n, 0n)]).toEqual([2n, 0n])
  const output = { minAmount: 10_000_000n } as Parameters<typeof orderPrice>[0]['output']
  const pricing = { rule: 'priority-fee', feeUnit: 1_000_000n, milliBipsPerFee: 10 } as const
  const at = (tip: bigint) => orderPrice({ pricing, output }, { now: 0, block: null, tip }).amount
  expect([at(0n), at(999_999n), at(2_500_000n)]).toEqual([10_000_000n, 10_000_000n, 10_000_020n])
})
