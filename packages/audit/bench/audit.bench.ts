// What the audit adds to a transaction, with the stand-in signatures of sweeps: the lives of orders on two chains
// (open, fill, proof, claim) and transfers over a bridge, in blocks of 50. Digests and entry hashes are remembered by
// then, as they are when an engine has made the blocks in the same process.
import type { Block } from '@solvent/protocol'
import { type Auditor, createAuditor } from '../src/index.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from '../src/testing/draft.ts'
import {
  address,
  GENESIS_SECONDS,
  genesis,
  L1,
  ROLLUP,
  sampleOrder,
  spec,
  verifier,
} from '../src/testing/network.ts'
import { bridgeOut, claim, fill, open, proof, prove, receive, STEP, transfer } from '../src/testing/story.ts'

export const name = 'audit: µs a transaction, every invariant on'

const ORDERS = 1_000
const IN_BLOCK = 50
const ROUNDS = 12
const FILLED_AT = GENESIS_SECONDS + 24

export function run(): void {
  const blocks = sealAll()
  const transactions = blocks.reduce((sum, block) => sum + block.transactions.length, 0)
  const entries = blocks.reduce(
    (sum, { receipts }) => sum + receipts.reduce((inner, receipt) => inner + receipt.entries.length, 0),
    0,
  )
  auditAll(blocks)
  const times = Array.from({ length: ROUNDS }, () => timeUs(() => auditAll(blocks))).sort((a, b) => a - b)
  const best = times[0]! / transactions
  const median = times[ROUNDS / 2]! / transactions
  const bare =
    Math.min(...Array.from({ length: ROUNDS }, () => timeUs(() => bareFold(entries)))) / transactions
  console.log(`${transactions} transactions, ${entries} entries, ${blocks.length} blocks`)
  console.log(`audit          ${best.toFixed(2)} µs best, ${median.toFixed(2)} µs median`)
  console.log(
    `bare fold      ${bare.toFixed(4)} µs (four typed-array additions an entry), ${(best / bare).toFixed(0)} times less`,
  )
  console.log(
    'goal           at most 10 to 15 µs, so that 2,000 orders a second can be audited beside all else',
  )
}

function auditAll(blocks: readonly Block[]): Auditor {
  const auditor = createAuditor({ spec, genesis, verifier, applicable: 'sim' })
  for (const block of blocks) auditor.block(block)
  const { broken } = auditor.finish()
  if (broken.length > 0) throw new Error(`${broken[0]!.id}: ${broken[0]!.detail}`)
  return auditor
}

/** Orders of one unit each, so that the balances of the test network carry them all. */
function sealAll(): Block[] {
  const orders = Array.from({ length: ORDERS }, (_, i) =>
    sampleOrder({
      nonce: BigInt(i),
      input: { ...sampleOrder().input, amount: 2n },
      output: { ...sampleOrder().output, minAmount: 1n, recipient: address('alice') },
    }),
  )
  const filling = { at: FILLED_AT, amount: 1n }
  const sealer = new Sealer()
  const blocks: Block[] = []
  const seal = (draft: DraftBlock): void => void blocks.push(...sealer.blocks(draft))
  const inBlocks = (first: number, chainId: typeof L1, transactions: readonly DraftTransaction[]): void => {
    for (let i = 0; i < transactions.length; i += IN_BLOCK) {
      seal({ chainId, number: first + i / IN_BLOCK, transactions: transactions.slice(i, i + IN_BLOCK) })
    }
  }
  inBlocks(
    1,
    ROLLUP,
    orders.map((order) => open(order)),
  )
  seal({
    chainId: L1,
    number: 1,
    transactions: Array.from({ length: IN_BLOCK }, (_, i) =>
      bridgeOut({ from: L1, amount: STEP + 1n, sequence: i }),
    ),
  })
  seal({
    chainId: L1,
    number: 2,
    transactions: orders.map((order, i) => fill(order, { ...filling, sequence: i })),
  })
  for (const number of [4, 6]) seal({ chainId: L1, number, transactions: [] })
  inBlocks(
    40,
    ROLLUP,
    orders.map((order, i) => prove(proof(order, { ...filling, sequence: i }))),
  )
  inBlocks(
    70,
    ROLLUP,
    orders.map((order) => claim(order)),
  )
  inBlocks(
    100,
    ROLLUP,
    Array.from({ length: IN_BLOCK }, (_, i) => receive(transfer(L1, STEP, i))),
  )
  seal({ chainId: L1, number: 20, transactions: [] })
  return blocks
}

/** The least that a fold of the same journal could cost. */
function bareFold(entries: number): number {
  const balances = new Float64Array(1_024)
  for (let i = 0; i < 4 * entries; i++) balances[(i * 7) & 1_023] = balances[(i * 7) & 1_023]! + 1
  return balances[0]!
}

function timeUs(work: () => unknown): number {
  const start = performance.now()
  work()
  return (performance.now() - start) * 1_000
}
