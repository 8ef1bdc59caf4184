import { CALM_MARKET, type ChainSpec } from '@solvent/protocol'
import { genesisMarket } from '@solvent/settlement'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { L1, smallNetwork } from '../testing/small-network.ts'
import { FeeEstimate, type Offer } from './fee-estimate.ts'

const GWEI = 1_000_000_000n
const plain = smallNetwork.chains.find(({ chainId }) => chainId === L1) as ChainSpec
const feeMarket = { elasticity: 2, denominator: 8, minBaseFee: 0n, equilibriumBaseFee: 2n * GWEI }
const chain: ChainSpec = { ...plain, gasLimit: 30_000_000, baseFee: 2n * GWEI, feeMarket }
const NOW = smallNetwork.genesisMs

function estimateOf(of: ChainSpec): FeeEstimate {
  return new FeeEstimate(smallNetwork, of)
}

describe('a fee estimate', () => {
  it('offers twice the base fee and a tenth of it as tip', () => {
    // 2 · 2 gwei + 0.2 gwei.
    const usual = { maxFeePerGas: 4_200_000_000n, maxPriorityFeePerGas: 200_000_000n, maxFeePerBlobGas: 0n }
    expect(estimateOf({ ...plain, baseFee: 2n * GWEI }).offer(NOW)).toEqual(usual)
    expect(estimateOf(chain).offer(NOW)).toEqual(usual)
    expect(estimateOf(chain).offer(NOW, GWEI).maxFeePerGas).toBe(5n * GWEI)
  })

  it('tips what the least of the others paid where blocks are full, at most the base fee', () => {
    const estimate = estimateOf(chain)
    const full = (demandPercent: number) =>
      ({
        ...genesisMarket(chain),
        number: 1,
        market: { ...CALM_MARKET, backgroundGas: 30_000_000, demandPercent, demandUntil: 90 },
      }) as never
    estimate.onHeader(full(300))
    // Others spend 15 M · 2 gwei · 3 on 30 M gas: the last of them values it at 3 gwei; the base fee is 2.25 gwei.
    expect(estimate.offer(NOW).maxPriorityFeePerGas).toBe(750_000_000n)
    estimate.onHeader(full(4_000))
    expect(estimate.offer(NOW).maxPriorityFeePerGas).toBe(2_250_000_000n)
  })

  it('raises by 15 %, or to what is asked by now; twice for blobs', () => {
    const estimate = estimateOf(chain)
    const low = { maxFeePerGas: 1_000n, maxPriorityFeePerGas: 10n, maxFeePerBlobGas: 0n }
    expect(estimate.raised(low, NOW)).toEqual(estimate.offer(NOW))
    const high = { maxFeePerGas: 50n * GWEI, maxPriorityFeePerGas: 10n * GWEI, maxFeePerBlobGas: 0n }
    expect(estimate.raised(high, NOW)).toEqual({
      maxFeePerGas: 57_500_000_000n,
      maxPriorityFeePerGas: 11_500_000_000n,
      maxFeePerBlobGas: 0n,
    })
    expect(estimate.raised({ ...high, maxFeePerBlobGas: 7n }, NOW)).toMatchObject({
      maxFeePerGas: 100n * GWEI,
      maxFeePerBlobGas: 14n,
    })
  })

  it('never goes above 100 gwei, or ten times where the chain began', () => {
    const high = { maxFeePerGas: 99n * GWEI, maxPriorityFeePerGas: GWEI, maxFeePerBlobGas: 0n }
    expect(estimateOf(chain).raised(high, NOW)).toBeNull()
    expect(estimateOf({ ...chain, baseFee: 20n * GWEI }).raised(high, NOW)).not.toBeNull()
    const dear = { ...genesisMarket(chain), number: 1, baseFee: 900n * GWEI } as never
    const estimate = estimateOf(chain)
    estimate.onHeader(dear)
    expect(estimate.offer(NOW).maxFeePerGas).toBe(100n * GWEI)
  })

  it('says what gas costs in the next block, and the most that it ever offers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 90n * GWEI }), fc.nat(30_000_000), (baseFee, backgroundGas) => {
        const estimate = estimateOf(chain)
        const header = {
          ...genesisMarket(chain),
          number: 1,
          baseFee,
          market: { ...CALM_MARKET, backgroundGas },
        }
        estimate.onHeader(header as never)
        const { perGas, mostPerGas } = estimate.quote(NOW)
        const { maxFeePerGas, maxPriorityFeePerGas } = estimate.offer(NOW)
        // EIP-1559: the sender pays min(max fee, base fee + tip).
        const paid = estimate.next(NOW).baseFee + maxPriorityFeePerGas
        expect(perGas).toBe(paid < maxFeePerGas ? paid : maxFeePerGas)
        let offer: Offer | null = estimate.offer(NOW)
        for (let raises = 0; offer !== null; raises++) {
          expect(raises < 500 && offer.maxFeePerGas <= mostPerGas).toBe(true)
          offer = estimate.raised(offer, NOW)
        }
      }),
      { numRuns: 30 },
    )
    // Where nothing moves there is nothing to leave open.
    const still = estimateOf({ ...plain, baseFee: 2n * GWEI })
    expect(still.quote(NOW)).toEqual({ perGas: 2_200_000_000n, mostPerGas: 2_200_000_000n })
  })
})
