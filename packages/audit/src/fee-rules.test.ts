import { type BlockMarket, CALM_MARKET, type ChainSpec } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { blobFee } from './blob-market.ts'
import { createAuditor } from './create-auditor.ts'
import { expectedBaseFee, genesisParent } from './fee-market.ts'
import type { DraftTransaction } from './testing/draft.ts'
import { type DraftBlock, Sealer } from './testing/draft.ts'
import { address, GAS, genesis, L1, spec, verifier } from './testing/network.ts'
import { audit, brokenIds } from './testing/run-story.ts'

const l1 = (number: number, transactions: DraftTransaction[] = []): DraftBlock => ({
  chainId: L1,
  number,
  transactions,
})
const call = { kind: 'transfer', token: GAS, to: address('borealis'), amount: 5n } as const
const legs = [
  { kind: 'SOLVER', owner: address('atlas'), token: GAS, amount: -5n },
  { kind: 'SOLVER', owner: address('borealis'), token: GAS, amount: 5n },
] as const
const pay = (change: Partial<DraftTransaction> = {}): DraftTransaction => ({
  from: 'atlas',
  call,
  entries: [{ cause: 'transfer', legs: [...legs] }],
  events: [],
  ...change,
})

describe('T-9', () => {
  test('holds for gas that is burned at the base fee', () => {
    const report = audit([l1(1, [pay()]), l1(2)])
    expect(brokenIds(report)).toEqual([])
    expect(report.checked.get('T-9')).toBe(3)
  })

  test('a header must count the gas of its receipts, and nobody else uses a chain without a market', () => {
    expect(brokenIds(audit([{ ...l1(1, [pay()]), header: { gasUsed: 20 } }]))).toEqual(['T-9'])
    const market = { ...CALM_MARKET, backgroundGas: 1 }
    expect(brokenIds(audit([{ ...l1(1), header: { market } }]))).toEqual(['T-9'])
  })

  test('the base fee is what the parent makes it, and what the transaction pays', () => {
    // Twice the base fee: the header lies about the chain, and the gas entry burns half of what it should.
    expect(brokenIds(audit([{ ...l1(1), header: { baseFee: 2n } }]))).toEqual(['T-9'])
    const report = audit([{ ...l1(1, [pay()]), header: { baseFee: 2n } }])
    expect(report.broken.filter(({ id }) => id === 'T-9').length).toBeGreaterThan(1)
  })

  test('a transaction that reverts leaves its nonce and fee alone', () => {
    const reverted = pay({ reverted: 'insufficient-balance' })
    expect(brokenIds(audit([l1(1, [reverted])]))).toEqual(['T-9'])
    expect(brokenIds(audit([l1(1, [{ ...reverted, entries: [] }])]))).toEqual([])
  })
})

describe("the audit's own base fee", () => {
  const feeMarket = { elasticity: 2, denominator: 8, minBaseFee: 0n, equilibriumBaseFee: 1_000_000_000n }
  const chain: ChainSpec = { ...spec.chains[0]!, gasLimit: 30_029_122, baseFee: 1_000_000_000n, feeMarket }

  test('is that of mainnet block 12,965,001, from its parent', () => {
    const parent = { number: 12_965_000, baseFee: 1_000_000_000n, gasUsed: 30_025_257, market: CALM_MARKET }
    expect(expectedBaseFee(chain, parent, 12_965_001)).toBe(1_124_967_822n)
  })

  test('stays at the equilibrium over a week of empty slots, and is demanded of every block', () => {
    expect(expectedBaseFee(chain, genesisParent(chain), 50_400)).toBe(1_000_000_000n)
    const moving = { ...spec, chains: [chain, ...spec.chains.slice(1)] }
    const auditor = createAuditor({ spec: moving, genesis, verifier, applicable: 'sim' })
    const backgroundGas = 15_014_561
    const market = { ...CALM_MARKET, backgroundGas }
    const sealer = new Sealer()
    auditor.block(sealer.seal({ ...l1(1), header: { baseFee: 1_000_000_000n, market } }))
    expect(auditor.broken).toEqual([])
    // One wei more, and one gas less that others want at it.
    const dearer = { ...market, backgroundGas: backgroundGas - 1 }
    auditor.block(sealer.seal({ ...l1(2), header: { baseFee: 1_000_000_001n, market: dearer } }))
    expect(auditor.broken.map(({ id }) => id)).toEqual(['T-9'])
  })
})

describe("the audit's own blob fee", () => {
  const blobMarket = {
    targetBlobs: 3,
    maxBlobs: 6,
    updateFraction: 3_338_477,
    equilibriumBlobBaseFee: 0n,
    genesisExcessBlobGas: 0,
  }
  const chain: ChainSpec = { ...spec.chains[0]!, blobMarket }
  const withBlobs = { ...spec, chains: [chain, ...spec.chains.slice(1)] }

  test('is that of published vectors', () => {
    // go-ethereum, consensus/misc/eip4844/eip4844_test.go, TestCalcBlobFee.
    const fees = [0, 2_314_057, 2_314_058, 10 * 1024 * 1024].map((excess) => blobFee(blobMarket, excess))
    expect(fees).toEqual([1n, 1n, 2n, 23n])
  })

  test('is burned, and the excess follows from the parent', () => {
    const story = (market: Partial<BlockMarket>) => {
      const auditor = createAuditor({ spec: withBlobs, genesis, verifier, applicable: 'sim' })
      const sealer = new Sealer()
      const full = { ...CALM_MARKET, blobGasUsed: 0 }
      auditor.block(sealer.seal({ ...l1(1), header: { market: { ...full, ...market } } }))
      return auditor.broken.map(({ id }) => id)
    }
    expect(story({})).toEqual([])
    expect(story({ excessBlobGas: 131_072 })).toEqual(['T-9'])
    // Blobs of nobody: none of the block's transactions has one, and nobody else posts any.
    expect(story({ blobGasUsed: 131_072 })).toEqual(['T-9'])
    const auditor = createAuditor({ spec, genesis, verifier, applicable: 'sim' })
    auditor.block(
      new Sealer().seal({ ...l1(1), header: { market: { ...CALM_MARKET, blobGasUsed: 131_072 } } }),
    )
    expect(auditor.broken.map(({ id }) => id)).toEqual(['T-9'])
  })
})
