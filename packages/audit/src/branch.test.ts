// Re-orgs: what an orphaned branch did is taken back in every family, so that the same things may happen again.
import { asNodeId } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { Auditor } from './auditor.ts'
import { bridgeOut, receive, STEP, transfer } from './testing/bridge-story.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import { bridge, GENESIS_SECONDS, L1, ROLLUP, sampleOrder } from './testing/network.ts'
import { cancel, claim, fill, open, proof, prove, refund } from './testing/order-story.ts'
import { brokenIds, newAuditor } from './testing/run-story.ts'

const l1 = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: L1,
  number,
  transactions,
})
const rollup = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: ROLLUP,
  number,
  transactions,
})

const settled = sampleOrder()
const refunded = sampleOrder({ nonce: 1n, expires: GENESIS_SECONDS + 600 })
const cancelled = sampleOrder({ nonce: 2n })
const FILLED_AT = GENESIS_SECONDS + 24

/** Everything that a rollup block can do to the audit's state. */
const branch: readonly DraftBlock[] = [
  rollup(10, open(settled), open(refunded), cancel(cancelled)),
  rollup(40, prove(proof(settled, { at: FILLED_AT })), receive(transfer(L1, STEP, 0))),
  rollup(41, claim(settled), bridgeOut({ from: ROLLUP, amount: STEP, sequence: 0 })),
  rollup(42, {
    from: 'issuer',
    call: { kind: 'pause', bridge, authority: 'issuer', until: 0 },
    entries: [],
    events: [{ kind: 'bridge-paused', bridge, authority: 'issuer', until: 0 }],
  }),
  rollup(301, refund(refunded)),
]

const before: readonly DraftBlock[] = [
  l1(1, bridgeOut({ from: L1, amount: STEP, sequence: 0 })),
  l1(2, fill(settled, { at: FILLED_AT })),
  l1(4),
  l1(6),
]

/** The same journal on another branch: one block later each, on `parent`. */
function again(parent: Block | undefined): DraftBlock[] {
  return branch.map((draft, i) => ({
    ...draft,
    number: draft.number + 1,
    ...(i === 0 && parent !== undefined ? { parent } : {}),
  }))
}

function state(auditor: Auditor) {
  return {
    balances: auditor.balances(),
    backing: auditor.backing(),
    paused: auditor.pausedBy(ROLLUP, bridge, GENESIS_SECONDS + 1_000),
  }
}

describe('a re-org', () => {
  it('takes everything back that the branch did', () => {
    const sealer = new Sealer()
    const auditor = newAuditor()
    const root = sealer.seal(rollup(5))
    for (const draft of before) auditor.block(sealer.seal(draft))
    auditor.block(root)
    const untouched = state(auditor)
    for (const draft of branch) auditor.block(sealer.seal(draft))
    expect(state(auditor)).not.toEqual(untouched)
    auditor.block(sealer.seal({ ...rollup(302), parent: root }))
    expect(state(auditor)).toEqual(untouched)
    expect(brokenIds(auditor.finish())).toEqual([])
  })

  it('lets the same things happen again, as if for the first time', () => {
    const sealer = new Sealer()
    const auditor = newAuditor()
    const straight = newAuditor()
    const root = sealer.seal(rollup(5))
    for (const block of [...before.map((draft) => sealer.seal(draft)), root]) {
      auditor.block(block)
      straight.block(block)
    }
    for (const draft of branch) auditor.block(sealer.seal(draft))
    for (const draft of again(root)) {
      const block = sealer.seal(draft)
      auditor.block(block)
      straight.block(block)
    }
    expect(auditor.finish().broken).toEqual([])
    expect(straight.finish().broken).toEqual([])
    expect(state(auditor)).toEqual(state(straight))
    expect(state(auditor).paused).toBe('issuer')
  })

  it('may reach back to the genesis block', () => {
    const sealer = new Sealer()
    const auditor = newAuditor()
    for (const draft of [...before, ...branch]) auditor.block(sealer.seal(draft))
    const other = new Sealer()
    for (const draft of again(undefined)) auditor.block(other.seal(draft))
    expect(auditor.finish().broken).toEqual([])
  })
})

describe('a re-org of what was final', () => {
  /** A transfer is sent, becomes final and is delivered; then the L1 branch without it stands. */
  function lostSending(isOverruled: boolean) {
    const sealer = new Sealer()
    const auditor = newAuditor()
    const root = sealer.seal(l1(1))
    auditor.block(root)
    auditor.block(sealer.seal(l1(2, bridgeOut({ from: L1, amount: STEP, sequence: 0 }))))
    auditor.block(sealer.seal(l1(6)))
    auditor.block(sealer.seal(rollup(80, receive(transfer(L1, STEP, 0)))))
    if (isOverruled)
      auditor.event(0, asNodeId('watcher'), { kind: 'finality-overruled', chainId: L1, slot: 1 })
    auditor.block(sealer.seal({ ...l1(7), parent: root }))
    const follow = (draft: DraftBlock) => auditor.block(sealer.seal(draft))
    const broken = () => brokenIds(auditor.finish()).filter((id) => id.startsWith('B-') || id === 'S-5')
    return { auditor, follow, broken, deficit: () => auditor.backing()[0]?.deficit }
  }

  it('makes what was delivered a declared loss when people decided for it, until the same is sent again', () => {
    const { follow, broken, deficit } = lostSending(true)
    const lost = deficit() ?? 0n
    expect(lost).toBeGreaterThan(0n)
    follow(l1(14))
    expect(deficit()).toBe(lost)
    expect(broken()).toEqual([])
    follow(l1(15, bridgeOut({ from: L1, amount: STEP, sequence: 0 })))
    expect(deficit()).toBe(0n)
    expect(broken()).toEqual([])
  })

  it('is a breach of backing when nobody did', () => {
    const { follow, broken } = lostSending(false)
    // Rollup block 80 begins at 160 s, L1 block 14 at 168 s: by then the sending is known to be missing.
    follow(l1(14))
    expect(broken()).toEqual(['B-2', 'B-8'])
  })
})
