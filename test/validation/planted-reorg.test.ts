// Planted bug 5 of the settlement reference: a re-org keeps an orphaned fill. One chain, a branch that fills an order, a
// longer one without the fill, and the fill again.
import { createAuditor } from '@solvent/audit'
import { asHash32 } from '@solvent/primitives'
import { type Block, orderDigest, transactionDigest } from '@solvent/protocol'
import {
  type ChainEngine,
  createChainEngine,
  createChainView,
  gasOf,
  type SettlementRules,
  settlementRules,
} from '@solvent/settlement'
import { expect, it } from 'vitest'
import { address, DESTINATION, genesis, sampleOrder, signer, spec, verifier } from './audited-network.ts'

const order = sampleOrder()
const orderId = orderDigest(order)

/** Forgets to take back what a block wrote under the order's id. */
const keepsFill: SettlementRules['undoBlock'] = ({ owners, keys, previous }) => {
  const kept = keys.map((key) => key !== orderId)
  return settlementRules.undoBlock({
    owners: owners.filter((_, i) => kept[i]),
    keys: keys.filter((_, i) => kept[i]),
    previous: previous.filter((_, i) => kept[i]),
  })
}

function engineWith(rules: Partial<SettlementRules>): ChainEngine {
  return createChainEngine({
    spec,
    chainId: DESTINATION,
    genesis: genesis.find(({ chainId }) => chainId === DESTINATION)!,
    verifier,
    signer: signer('destination-producer'),
    rules: { ...settlementRules, ...rules },
  })
}

/** All blocks in the order in which they are made: genesis, the fill, two of another branch, and the fill again. */
function run(rules: Partial<SettlementRules>): Block[] {
  const engine = engineWith(rules)
  const transaction = {
    chainId: DESTINATION,
    from: address('atlas'),
    nonce: 0,
    gasLimit: gasOf('fill'),
    maxFeePerGas: 10n,
    maxPriorityFeePerGas: 2n,
    call: { kind: 'fill', order, award: null, amount: 990n, payee: address('atlas') },
  } as const
  engine.submit({ transaction, signature: signer('atlas').sign(transactionDigest(transaction)) })
  const made: (Block | null)[] = [engine.genesisBlock, engine.produce({ number: 5, allowEmpty: false })]
  let parent = engine.genesisBlock.hash
  for (const number of [6, 7]) {
    const rival = engine.produce({ number, allowEmpty: true, parent })
    parent = rival?.hash ?? asHash32(`0x${'0'.repeat(64)}`)
    made.push(rival)
  }
  // Of equal branches the lower hash wins, so that the other may overtake one block sooner, and the fill be in its last.
  made.push(engine.produce({ number: 8, allowEmpty: true }))
  return made.map((block) => block!)
}

/** What the audit finds in the blocks as a follower hands them on. */
function broken(blocks: readonly Block[]): string[] {
  const auditor = createAuditor({ spec, genesis, verifier, applicable: 'sim' })
  const view = createChainView({ spec })
  for (const block of blocks) {
    if (block.header.number === 0) auditor.block(block)
    else for (const each of view.applyBlock(block).applied) auditor.block(each)
  }
  return auditor.broken.map(({ id }) => id)
}

/** What became of the fill after the blocks that were there first. */
const again = (blocks: readonly Block[]) => blocks.slice(2).flatMap(({ receipts }) => receipts)

it('the honest re-org fills the order again, and nothing breaks', () => {
  const blocks = run({})
  expect(again(blocks)).toMatchObject([{ status: 'ok' }])
  expect(broken(blocks)).toEqual([])
})

it('5: a re-org that keeps an orphaned fill breaks O-2 and T-4', () => {
  const blocks = run({ undoBlock: keepsFill })
  expect(again(blocks)).toMatchObject([{ status: 'reverted', reason: 'already-filled' }])
  expect(broken(blocks)).toEqual(expect.arrayContaining(['O-2', 'T-4']))
})
