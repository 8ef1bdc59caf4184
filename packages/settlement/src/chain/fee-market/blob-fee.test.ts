import { type BlobMarket, CALM_MARKET, GAS_PER_BLOB } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blobBaseFee, blobDemand, excessOfFee, fakeExponential, nextExcess } from './blob-fee.ts'
import { excessAt } from './blob-walk.ts'
import { blobDemandAt } from './demand.ts'
import type { ParentHeader } from './fee-walk.ts'

const GWEI = 1_000_000_000n
/** EIP-4844 as first deployed: target 3, most 6. */
const cancun = { targetBlobs: 3, maxBlobs: 6, updateFraction: 3_338_477 }
/** EIP-7691: target 6, most 9. */
const prague = { targetBlobs: 6, maxBlobs: 9, updateFraction: 5_007_716 }

function market(change: Partial<BlobMarket> = {}): BlobMarket {
  return { ...prague, equilibriumBlobBaseFee: GWEI, genesisExcessBlobGas: 0, ...change }
}

describe('the blob base fee', () => {
  test.each([
    // go-ethereum, consensus/misc/eip4844/eip4844_test.go, TestFakeExponential.
    [1n, 0n, 1n, 1n],
    [38_493n, 0n, 1_000n, 38_493n],
    [0n, 1_234n, 2_345n, 0n],
    [1n, 2n, 1n, 6n],
    [1n, 4n, 2n, 6n],
    [1n, 3n, 1n, 16n],
    [1n, 6n, 2n, 18n],
    [1n, 4n, 1n, 49n],
    [1n, 8n, 2n, 50n],
    [10n, 8n, 2n, 542n],
    [11n, 8n, 2n, 596n],
    [1n, 5n, 1n, 136n],
    [1n, 5n, 2n, 11n],
    [2n, 5n, 2n, 23n],
    [1n, 50_000_000n, 2_225_652n, 5_709_098_764n],
  ])('approximates %s · e^(%s / %s) as %s', (factor, numerator, denominator, expected) => {
    expect(fakeExponential(factor, numerator, denominator)).toBe(expected)
  })

  test('is that of published vectors', () => {
    // go-ethereum, TestCalcBlobFee.
    for (const [excess, fee] of [
      [0, 1n],
      [2_314_057, 1n],
      [2_314_058, 2n],
      [10 * 1024 * 1024, 23n],
    ] as const) {
      expect(blobBaseFee(cancun, excess)).toBe(fee)
    }
  })

  test('leaves an excess as published', () => {
    // go-ethereum, TestCalcExcessBlobGas, for a target of 3.
    const rules = market(cancun)
    const target = 3 * GAS_PER_BLOB
    const after = (excess: number, blobs: number): number => nextExcess(rules, excess, blobs * GAS_PER_BLOB)
    expect([after(0, 0), after(0, 3), after(0, 4), after(1, 5)]).toEqual([
      0,
      0,
      GAS_PER_BLOB,
      2 * GAS_PER_BLOB + 1,
    ])
    expect([after(target, 3), after(target, 1), after(GAS_PER_BLOB - 1, 2)]).toEqual([
      target,
      GAS_PER_BLOB,
      0,
    ])
  })

  test('of a full block is 8.2 % higher: e^(3 · 131072 / 5007716)', () => {
    const excess = excessOfFee(prague, 1_000n * GWEI)
    const before = blobBaseFee(prague, excess)
    const after = blobBaseFee(prague, nextExcess(market(), excess, 9 * GAS_PER_BLOB))
    expect(Number((after * 100_000n) / before) / 100_000).toBeCloseTo(Math.exp((3 * 131_072) / 5_007_716), 4)
  })
})

describe('the excess over empty slots', () => {
  const parent = (change: Partial<ParentHeader['market']>): ParentHeader => ({
    number: 10,
    baseFee: 7n,
    gasUsed: 0,
    market: { ...CALM_MARKET, ...change },
  })

  function slotBySlot(rules: BlobMarket, from: ParentHeader, number: number): number {
    let excess = from.market.excessBlobGas
    let used = from.market.blobGasUsed
    for (let slot = from.number + 1; slot <= number; slot++) {
      excess = nextExcess(rules, excess, used)
      used = blobDemand(rules, blobBaseFee(rules, excess), blobDemandAt(from.market, slot)) * GAS_PER_BLOB
    }
    return excess
  }

  test('is the rule of EIP-4844 applied slot by slot', () => {
    const blobs = (most: number) => fc.integer({ min: 0, max: most }).map((count) => count * GAS_PER_BLOB)
    fc.assert(
      fc.property(
        fc.record({
          excessBlobGas: blobs(900),
          blobGasUsed: blobs(9),
          blobDemandPercent: fc.integer({ min: 0, max: 50_000 }),
          blobDemandUntil: fc.integer({ min: 0, max: 300 }),
        }),
        fc.bigInt({ min: 0n, max: 20n * GWEI }),
        fc.array(fc.integer({ min: 11, max: 500 }), { minLength: 1, maxLength: 3 }),
        (change, equilibriumBlobBaseFee, numbers) => {
          const rules = market({ equilibriumBlobBaseFee })
          const from = parent(change)
          for (const number of numbers) {
            expect(excessAt(rules, from, number)).toBe(slotBySlot(rules, from, number))
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  test('stays where the others fill the target, for any time', () => {
    const rules = market()
    const excessBlobGas = excessOfFee(prague, GWEI)
    const calm = parent({ excessBlobGas, blobGasUsed: 6 * GAS_PER_BLOB })
    expect(blobBaseFee(rules, excessBlobGas)).toBeLessThanOrEqual(GWEI)
    expect(excessAt(rules, calm, 2 ** 40)).toBe(excessBlobGas)
  })
})
