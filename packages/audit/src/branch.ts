// Re-orgs: a block on an older parent takes the branch back, newest block first, in every family that keeps state.
import type { Block } from '@solvent/protocol'
import type { ChainRecord } from './chain-record.ts'
import { firstLapsed } from './lapse.ts'
import type { RuleSet } from './rule-set.ts'

/** Final blocks whose traces are kept, so that people can overrule their finality: as many as followers keep. */
const KEPT_FINAL_BLOCKS = 256

/** Takes the branch back to the block's parent, if it is one that the audit has seen; else nothing happens. */
export function reorganise(rules: RuleSet, chain: ChainRecord, block: Block, atMs: number): void {
  const { parentHash, number } = block.header
  const at = chain.branch.findLastIndex(({ hash }) => hash === parentHash)
  const isWhole = at < 0 && parentHash === chain.rootHash
  if (at < 0 && !isWhole) return
  // Slots that are empty on both branches have not changed.
  const orphaned = chain.branch[at + 1]?.header.number ?? number
  rules.blocks.reorganised(chain, Math.min(orphaned, number), atMs)
  const isOverruled = chain.overruledAbove !== null
  takeBack(rules, chain, at)
  if (chain.spec.consensus.kind !== 'l1') return
  const fork = chain.head?.number ?? 0
  if (isOverruled) rules.finality.overrule(chain.chainId, fork)
  rules.finality.rewind(chain.chainId, fork)
  rules.rollups.rewound(chain.chainId, chain.head?.timestamp ?? 0)
}

/** An L1 block has come: what its rollups left without a batch for their sequencing window is no part of them any more. */
export function dropLapsed(rules: RuleSet, l1: ChainRecord, { header }: Block, atMs: number): void {
  for (const chain of rules.index.chains.values()) {
    const { consensus } = chain.spec
    if (consensus.kind === 'l1' || consensus.l1 !== l1.chainId) continue
    const lapsed = firstLapsed(
      rules.index,
      chain,
      rules.rollupBooks.batchedTo(chain.chainId),
      header.timestamp,
    )
    if (lapsed < 0 || (lapsed === 0 && chain.rootHash === null)) continue
    rules.blocks.reorganised(chain, chain.branch[lapsed]!.header.number, atMs)
    takeBack(rules, chain, lapsed - 1)
  }
}

/** Takes the branch back to the block in this place; -1 is what the first one stands on. */
function takeBack(rules: RuleSet, chain: ChainRecord, to: number): void {
  const parentHash = chain.branch[to]?.hash ?? chain.rootHash
  if (parentHash === null) return
  const finalized = rules.finality.finalized(chain.chainId)
  while (chain.branch.length > to + 1) {
    const orphan = chain.branch.pop()!
    if (chain.overruledAbove !== null && orphan.header.number <= finalized) vanish(rules, orphan)
    undoBlock(rules, chain, orphan)
    rules.reorgs.undo(orphan)
    rules.promises.undoBlock(chain, orphan)
    chain.votes?.forget(orphan.hash)
  }
  chain.overruledAbove = null
  chain.votes?.returnTo(parentHash)
  chain.head = chain.branch[to]?.header ?? null
  chain.headHash = parentHash
  chain.knownUntil = chain.head?.timestamp ?? 0
}

/** Forgets blocks that no re-org may reach: of the finalised ones some stay, and one at least, for branches that leave it. */
export function prune(rules: RuleSet): void {
  for (const chain of rules.index.chains.values()) {
    const finalized = rules.finality.finalized(chain.chainId)
    let known = 0
    while (known + 1 < chain.branch.length && chain.branch[known + 1]!.header.number <= finalized) known++
    // Not one by one: the list is moved each time.
    if (known <= 2 * KEPT_FINAL_BLOCKS) continue
    known -= KEPT_FINAL_BLOCKS
    for (const { hash } of chain.branch.splice(0, known)) chain.votes?.forget(hash)
    chain.rootHash = null
  }
}

/** Final messages of a branch that people gave up: what was delivered of them is a declared loss from now on (B-2, B-8). */
function vanish(rules: RuleSet, { receipts }: Block): void {
  for (const { events } of receipts)
    for (const event of events) if (event.kind === 'message-sent') rules.exploits.declare(event.digest)
}

function undoBlock(rules: RuleSet, chain: ChainRecord, block: Block): void {
  const { header, hash, receipts, transactions } = block
  chain.missed -= header.missedBefore
  if (chain.spec.consensus.kind !== 'l1') rules.forced.undoBlock(chain, block)
  chain.outbox.orphanBlock(hash)
  rules.bonds.block(block, -1n)
  rules.slashPayments.block(block, -1n)
  rules.credit.undoBlock(hash)
  rules.guards.undoBlock(hash)
  rules.ranges.undoBlock(hash)
  rules.vaults.undoBlock(hash)
  rules.books.undoBlock(hash)
  rules.derivatives.undoBlock(hash)
  rules.authorities.undoBlock(hash)
  rules.keys.undoBlock(hash)
  for (let i = receipts.length - 1; i >= 0; i--) {
    const { events, entries } = receipts[i]!
    const call = transactions[i]?.transaction.call
    for (let j = events.length - 1; j >= 0; j--) {
      const event = events[j]!
      if (event.kind === 'message-sent') chain.outbox.takeBack()
      rules.order.undo(chain, event)
      rules.messages.undo(chain, event)
      rules.rotations.undo(chain, event)
      rules.inclusions.undo(chain, event)
      rules.bridges.undo(chain, event)
      rules.bundles.undo(chain, event)
      rules.pools.undo(chain, event)
      rules.locks.undo(chain, event)
      rules.markets.undo(event)
      rules.stablecoins.undo(event)
      rules.pauses.undo(chain.chainId, event)
      rules.limiters.undo(chain, event)
      rules.departures.undo(chain, event)
      rules.governors.undo(chain, event)
      if (event.kind === 'validators-slashed') rules.slashes.undo(chain.chainId, event)
      rules.flaws.undo(chain.chainId, event)
      rules.rollups.undo(event)
      rules.promises.undo(chain, event)
      rules.forced.undo(event)
      if (event.kind === 'order-opened') {
        if (call?.kind !== 'open-part') rules.signatures.undoNonce(event.order, 'open')
        else if (rules.parts.undoOpened(event, call.order)) rules.signatures.undoNonce(call.order, 'open')
      }
      if (event.kind === 'order-cancelled' && call?.kind === 'cancel') {
        rules.parts.undoCancelled(event.orderId)
        rules.signatures.undoNonce(call.order, 'cancel')
      }
    }
    if (header.number === 0) continue
    for (let j = entries.length - 1; j >= 0; j--) rules.ledger.undo(chain, entries[j]!)
  }
}
