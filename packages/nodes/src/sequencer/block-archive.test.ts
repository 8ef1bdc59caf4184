import { createLoopback, createProbe } from '@solvent/ports/testing'
import { asNodeId, encodeCanonical } from '@solvent/primitives'
import {
  type Block,
  type BlockRequest,
  type SignedTransaction,
  type SolventVocabulary,
  transactionDigest,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { RANGE_BUDGET_BYTES } from '../parts/block-shelf.ts'
import { addChunk, isChunk, type PartialBlock } from '../parts/chunk-assembly.ts'
import { createRunningNetwork, signerOf } from '../testing/running-network.ts'
import { address, node, ROLLUP, tokens } from '../testing/small-network.ts'
import { BlockArchive } from './block-archive.ts'

const NODE = asNodeId('rollup-producer')

/** Real blocks of the rollup: `counts[i]` transfers in block i. */
function realBlocks(counts: readonly number[]): Block[] {
  const engine = createRunningNetwork().engines.get(ROLLUP)
  if (engine === undefined) throw new Error('no engine')
  let nonce = 0
  return counts.map((count, i) => {
    for (let n = 0; n < count; n++) engine.submit(transfer(nonce++))
    return engine.produce({ number: 2 * i + 1, allowEmpty: true }) as Block
  })
}

function transfer(nonce: number): SignedTransaction {
  const transaction = {
    chainId: ROLLUP,
    from: address('user-1'),
    nonce,
    gasLimit: 21_000,
    maxFeePerGas: 10n ** 10n,
    maxPriorityFeePerGas: 1n,
    call: { kind: 'transfer', token: tokens.usdcRollup, to: address('atlas'), amount: 1n },
  } as const
  return { transaction, signature: signerOf(node('user-1')).sign(transactionDigest(transaction)) }
}

function setUp(blocks: readonly Block[]) {
  let archive: BlockArchive | null = null
  const network = createLoopback<SolventVocabulary>({
    seed: 'archive',
    startMs: 0,
    signer: signerOf,
    storeDelayMs: 10,
  })
  const probe = createProbe<SolventVocabulary>({
    onStart: (ports) => {
      archive = new BlockArchive(ROLLUP, ports.store)
    },
    onMessage: (inbound) =>
      inbound.via === 'store' && archive?.onStore(inbound.ticket) !== null ? 'accept' : 'ignore',
  })
  network.add(NODE, probe.create)
  network.start()
  for (const block of blocks) (archive as unknown as BlockArchive).add(block)
  return { network, archive: () => archive as unknown as BlockArchive }
}

const ask = (change: Partial<BlockRequest> = {}): BlockRequest => ({
  chainId: ROLLUP,
  from: 1,
  to: 1_000,
  skip: 0,
  ...change,
})

describe('a block archive', () => {
  it('serves a block only when it is durable, and knows the newest before', () => {
    const blocks = realBlocks([1, 1])
    const { network, archive } = setUp(blocks)
    expect(archive().range(ask()).blocks).toEqual([])
    expect(archive().newest).toEqual(blocks[1])
    network.advance(10)
    expect(archive().range(ask())).toEqual({ chainId: ROLLUP, blocks, next: null })
  })

  it('has its durable blocks after a kill', () => {
    const blocks = realBlocks([1, 2, 0])
    const { network, archive } = setUp(blocks)
    network.advance(10)
    network.kill(NODE, 'unsynced-lost')
    network.restart(NODE)
    expect(archive().blocks).toEqual(blocks)
  })

  it('finds the newest block at or below a number', () => {
    const blocks = realBlocks([1, 1, 1])
    const { network, archive } = setUp(blocks)
    network.advance(10)
    expect([0, 1, 2, 3, 4, 5, 99].map((number) => archive().atOrBelow(number)?.header.number)).toEqual([
      undefined,
      1,
      1,
      3,
      3,
      5,
      5,
    ])
  })

  it('gives the blocks of the range and no others', () => {
    const { network, archive } = setUp(realBlocks([1, 1, 1]))
    network.advance(10)
    const numbers = (change: Partial<BlockRequest>) =>
      archive()
        .range(ask(change))
        .blocks.map(({ header }) => header.number)
    expect(numbers({ from: 2, to: 4 })).toEqual([3])
    expect(numbers({ from: 3, to: 5 })).toEqual([3, 5])
    expect(numbers({ from: 6 })).toEqual([])
  })

  it('splits ranges and blocks so that every reply fits a frame, and nothing is lost', () => {
    const blocks = realBlocks([30, 30, 250, 1, 30, 30])
    const { network, archive } = setUp(blocks)
    network.advance(10)
    const got: Block[] = []
    let partial: PartialBlock | null = null
    let request: BlockRequest | null = ask()
    let replies = 0
    while (request !== null && replies < 100) {
      const range = archive().range(request)
      replies++
      expect(encodeCanonical(range).length).toBeLessThan(RANGE_BUDGET_BYTES + 4_096)
      for (const block of range.blocks) {
        const skipped: number = block === range.blocks[0] ? request.skip : 0
        if (skipped === 0 && !isChunk(block)) {
          got.push(block)
          continue
        }
        partial = addChunk(partial, block, skipped)
        if (partial !== null && !isChunk(partial.block)) got.push(partial.block)
      }
      request = range.next === null ? null : ask(range.next)
    }
    expect(got).toEqual(blocks)
    expect(replies).toBeGreaterThan(4)
  })
})
