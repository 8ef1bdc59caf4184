import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commitAmount, maskAmount, recoverSecret, shareSecret } from './index.ts'
import { SHARE_FIELD } from './threshold-seal.ts'

const element = fc.bigInt({ min: 0n, max: SHARE_FIELD - 1n })

describe('bids sealed to a committee', () => {
  test('open with any three of five shares and with no two', () => {
    fc.assert(
      fc.property(
        element,
        element,
        element.filter((x) => x > 0n),
        (secret, first, second) => {
          const shares = shareSecret(secret, [first, second], 5)
          const [a, b, c, d, e] = shares
          if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined)
            return
          expect(recoverSecret([e, b, a])).toBe(secret)
          expect(recoverSecret([c, d, e])).toBe(secret)
          expect(recoverSecret(shares)).toBe(secret)
          expect(recoverSecret([a, b])).not.toBe(secret)
        },
      ),
      { numRuns: 20 },
    )
  })

  test('hide the amount and give it back', () => {
    const sealed = maskAmount(1_234n, 77n, 'bid-1')
    expect(sealed).not.toBe(1_234n)
    expect(maskAmount(sealed, 77n, 'bid-1')).toBe(1_234n)
    expect(maskAmount(sealed, 78n, 'bid-1')).not.toBe(1_234n)
    expect(commitAmount(1_234n, 'salt')).not.toBe(commitAmount(1_235n, 'salt'))
    expect(() => shareSecret(1n, [2n, 3n], 2)).toThrow(/threshold: 3/)
  })
})
