// What the audit adds to a transaction and to a journal entry, every invariant on, with the stand-in signatures of
// sweeps: the lives of orders on two chains (open, fill, proof, claim) with transfers over a bridge, and plain payments,
// in blocks of 50. Digests and entry hashes are remembered by then, as they are when an engine has made the blocks in the
// same process.
import type { Block } from '@solvent/protocol'
import { type Auditor, createAuditor } from '../src/index.ts'
import { bridgeOut, receive, STEP, transfer } from '../src/testing/bridge-story.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from '../src/testing/draft.ts'
import {
  address,
  GAS,
  GENESIS_SECONDS,
  genesis,
  kindOf,
  L1,
  ROLLUP,
  sampleOrder,
  spec,
  verifier,
} from '../src/testing/network.ts'
import { claim, fill, open, proof, prove } from '../src/testing/order-story.ts'

export const name = 'audit: every invariant on, a transaction and an entry'

const ORDERS = 1_000
const PAYMENTS = 3_000
const IN_BLOCK = 50
const ROUNDS = 40
const FILLED_AT = GENESIS_SECONDS + 24

export function run(): void {
  console.log('goal: at most 10 µs a transaction of an order, and 300 thousand entries a second')
  measure('orders', sealOrders())
  measure('payments', sealPayments())
}

function measure(what: string, blocks: readonly Block[]): void {
  const transactions = blocks.reduce((sum, block) => sum + block.transactions.length, 0)
  const entries = blocks.reduce(
    (sum, { receipts }) => sum + receipts.reduce((inner, receipt) => inner + receipt.entries.length, 0),
    0,
  )
  const audits: number[] = []
  const folds: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    audits.push(usedUs(() => auditAll(blocks)))
    folds.push(timeUs(() => bareFold(entries)))
  }
  audits.sort((a, b) => a - b)
  const [best, median] = [audits[0]!, audits[ROUNDS / 2]!]
  const bare = Math.min(...folds)
  const perTransaction = (us: number): string => `${(us / transactions).toFixed(2)} µs`
  const perSecond = (us: number): string => `${((entries / us) * 1_000).toFixed(0)} thousand`
  console.log(
    `${what}: ${transactions} transactions, ${entries} entries, ${blocks.length} blocks; processor time of ${ROUNDS} rounds`,
  )
  console.log(`  a transaction     ${perTransaction(best)} best, ${perTransaction(median)} median`)
  console.log(`  entries a second  ${perSecond(best)} best, ${perSecond(median)} median`)
  console.log(
    `  bare fold         ${((1_000 * bare) / entries).toFixed(2)} ns an entry (four typed-array additions), ${(best / bare).toFixed(0)} times less`,
  )
}

function auditAll(blocks: readonly Block[]): Auditor {
  const auditor = createAuditor({ spec, genesis, verifier, applicable: 'sim' })
  for (const block of blocks) auditor.block(block)
  const { broken } = auditor.finish()
  if (broken.length > 0) throw new Error(`${broken[0]!.id}: ${broken[0]!.detail}`)
  return auditor
}

/** Payments of one unit from one account to another and back. */
function sealPayments(): Block[] {
  const pay = (from: 'alice' | 'atlas', to: 'alice' | 'atlas'): DraftTransaction => ({
    from,
    call: { kind: 'transfer', token: GAS, to: address(to), amount: 1n },
    entries: [
      {
        cause: 'transfer',
        legs: [
          { kind: kindOf(from), owner: address(from), token: GAS, amount: -1n },
          { kind: kindOf(to), owner: address(to), token: GAS, amount: 1n },
        ],
      },
    ],
    events: [],
  })
  const sealer = new Sealer()
  return Array.from({ length: PAYMENTS / IN_BLOCK }, (_, block) =>
    sealer.blocks({
      chainId: L1,
      number: block + 1,
      transactions: Array.from({ length: IN_BLOCK }, (_unused, i) =>
        i % 2 === 0 ? pay('alice', 'atlas') : pay('atlas', 'alice'),
      ),
    }),
  ).flat()
}

/** Orders of one unit each, so that the balances of the test network carry them all. */
function sealOrders(): Block[] {
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

/** Processor time of this thread: what else the machine does counts for little. */
function usedUs(work: () => unknown): number {
  const start = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(start)
  return user + system
}
