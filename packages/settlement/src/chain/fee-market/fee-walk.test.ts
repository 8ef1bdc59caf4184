import { CALM_MARKET, type ChainSpec, type FeeMarket } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { L1, network } from '../../testing/small-network.ts'
import { backgroundDemand } from './background-demand.ts'
import { gasTargetOf, nextBaseFee } from './base-fee.ts'
import { gasDemandAt } from './demand.ts'
import { baseFeeAt, type ParentHeader } from './fee-walk.ts'

const GWEI = 1_000_000_000n
const market: FeeMarket = { elasticity: 2, denominator: 8, minBaseFee: 0n, equilibriumBaseFee: 2n * GWEI }

function chainWith(change: Partial<FeeMarket> = {}, gasLimit = 30_000_000): ChainSpec {
  const l1 = network.chains.find(({ chainId }) => chainId === L1) as ChainSpec
  return { ...l1, gasLimit, baseFee: 2n * GWEI, feeMarket: { ...market, ...change } }
}

const parent = (change: Partial<ParentHeader> = {}): ParentHeader => ({
  number: 10,
  baseFee: 2n * GWEI,
  gasUsed: 0,
  market: { ...CALM_MARKET, backgroundGas: 15_000_000 },
  ...change,
})

/** Block after block, with nothing skipped. */
function slotBySlot(chain: ChainSpec, from: ParentHeader, number: number): bigint {
  const rules = chain.feeMarket as FeeMarket
  const target = gasTargetOf(chain, rules)
  let gas = BigInt(from.gasUsed + from.market.backgroundGas)
  let { baseFee } = from
  for (let slot = from.number + 1; slot <= number; slot++) {
    baseFee = nextBaseFee(rules, target, baseFee, gas)
    gas = BigInt(backgroundDemand(chain, baseFee, gasDemandAt(from.market, slot)))
  }
  return baseFee
}

describe('the base fee over empty slots', () => {
  test('is the rule of EIP-1559 applied slot by slot', () => {
    fc.assert(
      fc.property(
        fc.record({
          baseFee: fc.bigInt({ min: 0n, max: 500n * GWEI }),
          gasUsed: fc.integer({ min: 0, max: 15_000_000 }),
          backgroundGas: fc.integer({ min: 0, max: 15_000_000 }),
          demandPercent: fc.integer({ min: 0, max: 50_000 }),
          demandUntil: fc.integer({ min: 0, max: 700 }),
        }),
        fc.record({
          elasticity: fc.integer({ min: 1, max: 6 }),
          denominator: fc.integer({ min: 1, max: 250 }),
          minBaseFee: fc.bigInt({ min: 0n, max: GWEI }),
          equilibriumBaseFee: fc.bigInt({ min: 0n, max: 50n * GWEI }),
        }),
        fc.array(fc.integer({ min: 11, max: 1_000 }), { minLength: 1, maxLength: 4 }),
        ({ baseFee, gasUsed, ...rest }, change, numbers) => {
          const chain = chainWith(change)
          const from = parent({ baseFee, gasUsed, market: { ...CALM_MARKET, ...rest } })
          // Asked in any order: what was walked before must not change the answer.
          for (const number of numbers) {
            expect(baseFeeAt(chain, from, number)).toBe(slotBySlot(chain, from, number))
          }
        },
      ),
    )
  })

  test('stays at its equilibrium, and returns to it from any distance', () => {
    const chain = chainWith()
    const far = 10 + 50_400
    expect(baseFeeAt(chain, parent(), far)).toBe(2n * GWEI)
    // It comes to rest where the others' gas, a whole number, is the target: within one part in 15 million, and 8 wei.
    for (const baseFee of [1n, GWEI, 900n * GWEI]) {
      const distance = baseFeeAt(chain, parent({ baseFee }), far) - 2n * GWEI
      expect(distance < 142n && distance > -142n, `${baseFee}: ${distance}`).toBe(true)
    }
  })

  test('rises by 12.5 % a block in a rush, tends to demand times the equilibrium, and falls afterwards', () => {
    const chain = chainWith()
    const rush = parent({
      market: { ...CALM_MARKET, backgroundGas: 30_000_000, demandPercent: 5_000, demandUntil: 1_010 },
    })
    // Closed form: 9/8 to the power of the full blocks, here two: 2 · 81/64 gwei.
    expect(baseFeeAt(chain, rush, 12)).toBe((2n * GWEI * 81n) / 64n)
    const high = baseFeeAt(chain, rush, 1_010)
    expect(high).toBeGreaterThan(99n * GWEI)
    expect(high).toBeLessThanOrEqual(100n * GWEI)
    expect(baseFeeAt(chain, rush, 1_011)).toBeLessThan(high)
    expect(baseFeeAt(chain, rush, 2_000)).toBeLessThan((201n * GWEI) / 100n)
  })

  test('decays to 7 wei where nobody is: EIP-1559 takes an eighth, rounded down', () => {
    expect(baseFeeAt(chainWith({ equilibriumBaseFee: 0n }), parent({ market: CALM_MARKET }), 10_000)).toBe(7n)
  })

  test('takes a bounded number of steps however long the chain was idle', () => {
    const chain = chainWith({ elasticity: 6, denominator: 250 })
    const idle = parent({ baseFee: 1_000n * GWEI })
    // A loop over these slots would not end within the test's time.
    expect(baseFeeAt(chain, idle, 2 ** 40)).toBeLessThan(3n * GWEI)
  })
})
