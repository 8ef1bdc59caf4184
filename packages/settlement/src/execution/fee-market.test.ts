import { ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Block,
  type BlockHeader,
  GAS_PER_BLOB,
  headerDigest,
  type NetworkSpec,
  type SignedTransaction,
} from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { address, genesisOf, L1, network, signer, verifier } from '../testing/small-network.ts'
import { createTestChain } from '../testing/test-chain.ts'
import { createChainEngine } from './chain-engine.ts'

const GAS = ZERO_ADDRESS
/** The small network's L1 with room for twenty transfers, of which others fill half at 800 wei a gas. */
const feeMarket = { elasticity: 2, denominator: 8, minBaseFee: 1n, equilibriumBaseFee: 800n }
const spec: NetworkSpec = {
  ...network,
  chains: network.chains.map((chain) =>
    chain.chainId === L1 ? { ...chain, gasLimit: 420_000, baseFee: 800n, feeMarket } : chain,
  ),
}
const pay = { kind: 'transfer', token: GAS, to: address('other-user'), amount: 1n } as const
const RUSH = { percent: 400, until: 40 }

const busy = () => createTestChain(L1, { spec })

describe('a block with a fee market', () => {
  test("follows its parent's base fee and counts the gas of others", () => {
    const chain = busy()
    expect(chain.engine.genesisBlock.header).toMatchObject({
      baseFee: 800n,
      market: { backgroundGas: 210_000 },
    })
    chain.engine.submit(chain.sign('user', pay, { maxFeePerGas: 2_000n, maxPriorityFeePerGas: 10n }))
    const first = chain.produce() as Block
    // At the equilibrium others fill the target of 210,000; one transfer of 21,000 on top is 10 % above it.
    expect(first.header).toMatchObject({ baseFee: 800n, gasUsed: 21_000, market: { backgroundGas: 210_000 } })
    // 800 + 800 · 10 % / 8.
    expect(chain.produce(undefined, true)?.header.baseFee).toBe(810n)
  })

  test('charges its own base fee: burned, and the tip to the producer', () => {
    const chain = busy()
    chain.engine.submit(chain.sign('user', pay, { maxFeePerGas: 2_000n, maxPriorityFeePerGas: 10n }))
    chain.produce()
    const burned = chain.engine.balance('BURN', '', GAS)
    const earned = chain.engine.balance('GAS_FEE', address('l1-producer'), GAS)
    chain.engine.submit(chain.sign('user', pay, { maxFeePerGas: 812n, maxPriorityFeePerGas: 10n }))
    chain.produce()
    // The second block's base fee is 810, so the maximum fee leaves 2 of the 10 wei of tip.
    expect(chain.engine.head().header.baseFee).toBe(810n)
    expect(chain.engine.balance('BURN', '', GAS) - burned).toBe(21_000n * 810n)
    expect(chain.engine.balance('GAS_FEE', address('l1-producer'), GAS) - earned).toBe(21_000n * 2n)
  })

  test('is refused by others when it claims another base fee, or gas of others that they do not want', () => {
    const chain = busy()
    const block = chain.produce(undefined, true) as Block
    const importer = createChainEngine({ spec, chainId: L1, genesis: genesisOf(L1), verifier })
    const forged = (change: Partial<BlockHeader>): Block => {
      const header = { ...block.header, ...change }
      const hash = headerDigest(header)
      return { ...block, header, hash, signature: signer('l1-producer').sign(hash) }
    }
    const { market } = block.header
    const lies: [Partial<BlockHeader>, string][] = [
      [{ baseFee: 801n }, 'wrong-result'],
      [{ market: { ...market, backgroundGas: market.backgroundGas + 1 } }, 'wrong-result'],
      // A rush must name a block where it ends, and no demand is stronger than the protocol's limit.
      [{ market: { ...market, demandPercent: 400 } }, 'bad-demand'],
      [{ market: { ...market, demandPercent: 100_001, demandUntil: 9 } }, 'bad-demand'],
    ]
    for (const [lie, reason] of lies) {
      expect(importer.import(forged(lie)), reason).toEqual({ accepted: false, reason })
    }
    expect(importer.import(block)).toEqual({ accepted: true, reason: null })
  })
})

describe('a rush', () => {
  test('prices out who offers less than others, until the base fee has caught up', () => {
    const chain = busy()
    const modest = { maxFeePerGas: 4_000n, maxPriorityFeePerGas: 80n }
    chain.engine.submit(chain.sign('user', pay, modest))
    const eager = chain.sign('solver', pay, { maxFeePerGas: 9_000n, maxPriorityFeePerGas: 8_000n })
    chain.engine.submit(eager)
    const included = (block: Block | null): readonly SignedTransaction[] => block?.transactions ?? []
    // Demand × 4: at 880 wei a gas others want 210,000 · 4 · 800 / 880 = 763,636 gas, more than the block has.
    expect(included(chain.engine.produce({ number: 1, allowEmpty: false, demand: { gas: RUSH } }))).toEqual([
      eager,
    ])
    const waits: number[] = []
    for (let number = 2; number < 40 && waits.length === 0; number++) {
      const block = chain.engine.produce({ number, allowEmpty: false })
      if (included(block).length > 0) waits.push(number)
      else expect(block?.header).toMatchObject({ transactionCount: 0, gasUsed: 0 })
    }
    // In when others want at most 399,000 gas above base fee + 80: from 210,000 · 4 · 800 / 399,000 = 1,684 wei on. Six
    // full blocks take the base fee to 1,620 (9/8 each, rounded down), five to 1,440.
    expect(waits).toEqual([7])
  })

  test('outlasts the pool: after three hours of waiting a transaction is forgotten', () => {
    const chain = busy()
    chain.engine.submit(chain.sign('user', pay, { maxFeePerGas: 900n, maxPriorityFeePerGas: 1n }))
    const rush = { gas: { percent: 4_000, until: 2_000 } }
    chain.engine.produce({ number: 1, allowEmpty: false, demand: rush })
    // Three hours of 12 s are 900 slots.
    chain.engine.produce({ number: 900, allowEmpty: false })
    expect(chain.engine.poolSize()).toBe(1)
    chain.engine.produce({ number: 901, allowEmpty: true })
    expect(chain.engine.poolSize()).toBe(0)
  })

  test('ends at the slot that its header names, without a block of its own', () => {
    const chain = busy()
    chain.engine.produce({ number: 1, allowEmpty: true, demand: { gas: { percent: 400, until: 5 } } })
    const later = chain.engine.produce({ number: 9, allowEmpty: true }) as Block
    expect(later.header.market).toMatchObject({ demandPercent: 100, demandUntil: 0 })
    const still = busy()
    still.engine.produce({ number: 1, allowEmpty: true, demand: { gas: { percent: 400, until: 50 } } })
    const during = still.engine.produce({ number: 9, allowEmpty: true }) as Block
    expect(during.header.market).toMatchObject({ demandPercent: 400, demandUntil: 50 })
    expect(during.header.baseFee).toBeGreaterThan(later.header.baseFee)
  })
})

describe('blobs', () => {
  const blobMarket = {
    targetBlobs: 6,
    maxBlobs: 9,
    updateFraction: 5_007_716,
    equilibriumBlobBaseFee: 1_000n,
    genesisExcessBlobGas: 263 * GAS_PER_BLOB,
  }
  const withBlobs: NetworkSpec = {
    ...spec,
    chains: spec.chains.map((chain) => (chain.chainId === L1 ? { ...chain, blobMarket } : chain)),
  }
  const fees = { maxFeePerGas: 2_000n, maxPriorityFeePerGas: 10n }

  test('pay the blob base fee on top of their gas, and leave others what is left', () => {
    const chain = createTestChain(L1, { spec: withBlobs })
    const before = chain.engine.balance('BURN', '', GAS)
    chain.engine.submit(chain.sign('user', pay, { ...fees, blobs: 5, maxFeePerBlobGas: 2_000n }))
    const { header } = chain.produce() as Block
    // e^(263 · 131072 / 5007716) = 976.2: others want 6 blobs, and get the four of nine that are left.
    expect(header.market).toMatchObject({ blobGasUsed: 9 * GAS_PER_BLOB, excessBlobGas: 263 * GAS_PER_BLOB })
    expect(chain.engine.balance('BURN', '', GAS) - before).toBe(21_000n * 800n + 5n * 131_072n * 976n)
    // Three above the target: the next block's excess.
    expect(chain.produce(undefined, true)?.header.market.excessBlobGas).toBe(266 * GAS_PER_BLOB)
  })

  test('that offer less than the blob base fee wait; more than a block may have are refused', () => {
    const chain = createTestChain(L1, { spec: withBlobs })
    const modest = chain.sign('user', pay, { ...fees, blobs: 1, maxFeePerBlobGas: 900n })
    expect(chain.engine.submit(modest).accepted).toBe(true)
    expect(chain.produce()?.transactions).toEqual([])
    const many = chain.sign('solver', pay, { ...fees, blobs: 10, maxFeePerBlobGas: 2_000n })
    expect(chain.engine.submit(many).reason).toBe('too-many-blobs')
    const calls = createTestChain(L1, { spec })
    const blob = calls.sign('user', pay, { ...fees, blobs: 1, maxFeePerBlobGas: 2_000n })
    expect(calls.engine.submit(blob).reason).toBe('too-many-blobs')
  })

  test('are replaced for twice the offer only', () => {
    const chain = createTestChain(L1, { spec: withBlobs })
    const offer = (times: bigint, nonce = 0) =>
      chain.engine.submit(
        chain.sign('user', pay, {
          nonce,
          maxFeePerGas: 900n * times,
          maxPriorityFeePerGas: 10n * times,
          blobs: 1,
          maxFeePerBlobGas: 500n * times,
        }),
      ).reason
    expect(offer(1n)).toBeNull()
    expect(
      chain.engine.submit(chain.sign('user', pay, { nonce: 0, ...fees, blobs: 1, maxFeePerBlobGas: 600n }))
        .reason,
    ).toBe('fee-too-low')
    expect(offer(2n)).toBeNull()
  })
})
