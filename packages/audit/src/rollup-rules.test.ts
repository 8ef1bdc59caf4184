import { asHash32 } from '@solvent/primitives'
import {
  type Block,
  type ChainEvent,
  type ContractFlaw,
  type DeclaredCensorship,
  rollupContract,
} from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import type { Auditor } from './auditor.ts'
import type { Roots } from './rollup-book.ts'
import { type DraftTransaction, Sealer } from './testing/draft.ts'
import { address, GENESIS_SECONDS, L1, node, ROLLUP } from './testing/network.ts'
import { brokenIds, newAuditor } from './testing/run-story.ts'

const WRONG = asHash32(`0x${'bb'.repeat(32)}`)
const FALSE = { stateRoot: WRONG, outboxRoot: WRONG }
const rootsOf = ({ header: { stateRoot, outboxRoot } }: Block): Roots => ({ stateRoot, outboxRoot })
type Posting = Extract<
  ChainEvent,
  {
    kind:
      | 'batch-posted'
      | 'root-posted'
      | 'roots-deleted'
      | 'roots-reset'
      | 'challenge-lost'
      | 'contract-upgraded'
  }
>

/** A transaction that leaves this event; the call is no matter for these rules. */
function says(event: Posting): DraftTransaction {
  const call = { kind: 'post-root', rollup: ROLLUP, block: 0, stateRoot: WRONG, outboxRoot: WRONG } as const
  return { from: 'rollup-producer', call, entries: [], events: [event] }
}
const root = (block: number, roots: Roots) =>
  says({ kind: 'root-posted', rollup: ROLLUP, block, ...roots, proposer: address('rollup-producer') })
const deleted = (fromBlock: number) =>
  says({ kind: 'roots-deleted', rollup: ROLLUP, fromBlock, challenger: address('challenger') })

/** Rollup block 12, batched in L1 block 2 (24 s); the window of a root is 120 s, ten L1 blocks. */
function setUp({ isSeen = true } = {}) {
  const sealer = new Sealer()
  const auditor = newAuditor()
  const block = sealer.seal({ chainId: ROLLUP, number: 12, transactions: [] })
  if (isSeen) auditor.block(block)
  const l1 = (number: number, ...transactions: DraftTransaction[]): Block => {
    const sealed = sealer.blocks({ chainId: L1, number, transactions })
    for (const each of sealed) auditor.block(each)
    return sealed.at(-1)!
  }
  l1(2, says({ kind: 'batch-posted', rollup: ROLLUP, fromBlock: 1, toBlock: 12, tip: block.hash }))
  return { auditor, sealer, l1, right: rootsOf(block), block }
}

const broken = (auditor: Auditor): string[] => brokenIds(auditor.finish())
const fault = (auditor: Auditor, second: number, target: string, phase: 'begin' | 'end' = 'begin') =>
  auditor.event((GENESIS_SECONDS + second) * 1_000, node('atlas'), {
    kind: 'fault',
    fault: 'crash',
    target,
    phase,
  })

// The rollup's window is 12 h and its slots take 2 s: slot 12 begins at 24 s, the last L1 block in time is 3602, at 43,224 s.
describe('T-3 of the sequencing window', () => {
  const batch = (fromBlock: number, { hash, header }: Block) =>
    says({ kind: 'batch-posted', rollup: ROLLUP, fromBlock, toBlock: header.number, tip: hash })
  function unbatched() {
    const sealer = new Sealer()
    const auditor = newAuditor()
    const take = (chainId: typeof L1, number: number, ...transactions: DraftTransaction[]): Block => {
      const sealed = sealer.blocks({ chainId, number, transactions })
      for (const each of sealed) auditor.block(each)
      return sealed.at(-1)!
    }
    return { auditor, take, first: take(ROLLUP, 12) }
  }

  it('accepts a batch in the last L1 block of the window, and not one block later', () => {
    for (const [number, ids] of [
      [3602, []],
      [3603, ['T-3']],
    ] as const) {
      const { auditor, take, first } = unbatched()
      take(L1, number, batch(12, first))
      expect(broken(auditor)).toEqual(ids)
    }
  })

  it('drops what no batch holds, so that a branch from below it is the chain', () => {
    const onGenesis = new Sealer().seal({ chainId: ROLLUP, number: 21_700, transactions: [] })
    const { auditor, take } = unbatched()
    take(ROLLUP, 13)
    take(L1, 3602)
    take(L1, 3603)
    auditor.block(onGenesis)
    expect(broken(auditor)).toEqual([])
  })

  it('catches a follower that builds on what has lapsed, or puts a block into a slot that has', () => {
    const one = unbatched()
    one.take(L1, 3603)
    one.take(ROLLUP, 21_700)
    expect(broken(one.auditor)).toEqual(['T-2'])
    const two = unbatched()
    two.take(L1, 2, batch(12, two.first))
    two.take(L1, 3610)
    two.take(ROLLUP, 14)
    expect(broken(two.auditor)).toEqual(['T-3'])
  })

  it('catches a batch that leaves a block of its branch out', () => {
    const { auditor, take } = unbatched()
    take(L1, 3, batch(14, take(ROLLUP, 14)))
    expect(broken(auditor)).toEqual(['T-3'])
  })
})

describe('T-6', () => {
  it('lets a right root become final, and counts it', () => {
    const { auditor, l1, right } = setUp()
    l1(3, root(12, right))
    l1(13)
    expect(broken(auditor)).toEqual([])
    // Once for who posted it, once at the end of its window.
    expect(auditor.finish().checked.get('T-6')).toBe(2)
  })

  it('catches a wrong root at the end of its window and not before', () => {
    const { auditor, l1 } = setUp()
    l1(3, root(12, FALSE))
    l1(12)
    expect(broken(auditor)).toEqual([])
    l1(13)
    expect(broken(auditor)).toEqual(['T-6'])
  })

  it('catches a root that is wrong only about the messages sent', () => {
    const { auditor, l1, right } = setUp()
    l1(3, root(12, { ...right, outboxRoot: WRONG }))
    l1(13)
    expect(broken(auditor)).toEqual(['T-6'])
  })

  const censored = (
    auditor: Auditor,
    [from, until]: [number, number],
    ofClass: Partial<DeclaredCensorship>,
  ) =>
    auditor.event(GENESIS_SECONDS * 1_000, node('atlas'), {
      kind: 'censorship-declared',
      censorship: {
        chainId: L1,
        mode: 'exclude',
        senders: [],
        calls: [],
        sharePercent: 100,
        fromMs: (GENESIS_SECONDS + from) * 1_000,
        untilMs: (GENESIS_SECONDS + until) * 1_000,
        ...ofClass,
      },
    })
  const told = (auditor: Auditor, kind: string, target: string, [from, until]: [number, number]) => {
    for (const [second, phase] of [
      [from, 'begin'],
      [until, 'end'],
    ] as const)
      auditor.event((GENESIS_SECONDS + second) * 1_000, node('atlas'), {
        kind: 'fault',
        fault: kind,
        target,
        phase,
      })
  }
  const challenger = address('challenger')

  // The root is posted at second 36 and final at 156.
  it.each<[string, (auditor: Auditor) => void]>([
    ['a challenger that is down', (auditor) => fault(auditor, 30, 'challenger')],
    ['an L1 that makes no blocks', (auditor) => fault(auditor, 30, 'l1-producer')],
    // 24 s for the challenge and the block that holds it: from 133 on there is too little.
    ['a challenger that is back too late', (auditor) => told(auditor, 'crash', 'challenger', [30, 133])],
    ['a challenger that goes too early', (auditor) => fault(auditor, 59, 'challenger')],
    ['a censored challenger', (auditor) => censored(auditor, [30, 150], { senders: [challenger] })],
    ['an L1 that takes no challenges', (auditor) => censored(auditor, [30, 150], { calls: ['challenge'] })],
    [
      'a challenger that hears nothing of the L1',
      (auditor) => told(auditor, 'partition', 'challenger l1-producer', [30, 150]),
    ],
  ])('excuses %s', (_what, befall) => {
    const { auditor, l1 } = setUp()
    befall(auditor)
    l1(3, root(12, FALSE))
    l1(13)
    expect(broken(auditor)).toEqual([])
  })

  it.each<[string, (auditor: Auditor) => void]>([
    ['what was over before the root', (auditor) => told(auditor, 'crash', 'challenger', [10, 20])],
    // Back after a minute: 72 + 60 + 24 = 156.
    ['a crash that left just enough time', (auditor) => told(auditor, 'crash', 'challenger', [40, 72])],
    ['a crash after the challenge was due', (auditor) => fault(auditor, 60, 'challenger')],
    ['what came after the window', (auditor) => fault(auditor, 200, 'challenger')],
    ['what held somebody else', (auditor) => fault(auditor, 30, 'atlas borealis')],
    ['an order to the producer of the L1', (auditor) => told(auditor, 'control', 'l1-producer', [30, 150])],
    [
      'the censorship of somebody else',
      (auditor) => censored(auditor, [30, 150], { senders: [address('atlas')] }),
    ],
    ['the censorship of other calls', (auditor) => censored(auditor, [30, 150], { calls: ['transfer'] })],
    ['censorship on another chain', (auditor) => censored(auditor, [30, 150], { chainId: ROLLUP })],
    ['censorship of nothing', (auditor) => censored(auditor, [30, 150], { sharePercent: 0 })],
    ['censorship that was over', (auditor) => censored(auditor, [-300, -170], {})],
    [
      'a cut between the challenger and a bystander',
      (auditor) => told(auditor, 'partition', 'challenger atlas', [30, 150]),
    ],
  ])('does not excuse %s', (_what, befall) => {
    const { auditor, l1 } = setUp()
    befall(auditor)
    l1(3, root(12, FALSE))
    l1(13)
    expect(broken(auditor)).toEqual(['T-6'])
  })

  it('excuses a challenger whose L1 missed every slot, as its next block says', () => {
    const { auditor, sealer, l1 } = setUp()
    l1(4, root(12, FALSE))
    auditor.block(
      sealer.seal({ chainId: L1, number: 14, transactions: [], header: { missedBefore: 9, emptyBefore: 9 } }),
    )
    expect(broken(auditor)).not.toContain('T-6')
  })

  it('excuses a challenger that could see the blocks only when it was too late', () => {
    for (const [second, ids] of [
      [10, ['T-6']],
      [12, []],
    ] as const) {
      const { auditor, l1, block } = setUp({ isSeen: false })
      l1(3, root(12, FALSE))
      l1(second)
      auditor.block(block)
      l1(13)
      expect(broken(auditor)).toEqual(ids)
    }
  })

  it('says nothing of a root whose blocks nobody has seen, until they are', () => {
    const hidden = setUp({ isSeen: false })
    hidden.l1(3, root(12, FALSE))
    hidden.l1(13)
    expect(broken(hidden.auditor)).toEqual([])
    const late = setUp({ isSeen: false })
    late.l1(3, root(12, FALSE))
    late.auditor.block(late.block)
    late.l1(13)
    expect(broken(late.auditor)).toEqual(['T-6'])
  })

  const upgraded = (flaw: ContractFlaw, change: 'introduced' | 'fixed' = 'introduced') =>
    says({ kind: 'contract-upgraded', contract: rollupContract({ name: 'rollup' }), flaw, change })
  const lost = (block: number) =>
    says({ kind: 'challenge-lost', rollup: ROLLUP, block, challenger: address('challenger') })
  const reset = (...events: Posting[]): DraftTransaction => ({ ...says(events[0]!), events })
  const forgotten = { kind: 'roots-reset', rollup: ROLLUP, fromBlock: 12 } as const

  it('excuses a challenger whom the contract does not hear, until it is mended', () => {
    const open = setUp()
    open.l1(3, upgraded('challenge-window-zero'), root(12, FALSE))
    open.l1(13)
    expect(broken(open.auditor)).toEqual([])
    const mended = setUp()
    mended.l1(3, upgraded('challenge-window-zero'), root(12, FALSE))
    mended.l1(8, upgraded('challenge-window-zero', 'fixed'))
    mended.l1(13)
    expect(broken(mended.auditor)).toEqual(['T-6'])
    const undone = setUp()
    const parent = undone.l1(3, root(12, FALSE))
    undone.l1(4, upgraded('challenge-window-zero'))
    undone.auditor.block(undone.sealer.seal({ chainId: L1, number: 5, transactions: [], parent }))
    undone.l1(13)
    expect(broken(undone.auditor)).toEqual(['T-6'])
  })

  it('catches a root of one who may not propose, where no upgrade has dropped the check', () => {
    const foreign = (right: Roots): DraftTransaction => ({ ...root(12, right), from: 'atlas' })
    const one = setUp()
    one.l1(3, foreign(one.right))
    expect(broken(one.auditor)).toEqual(['T-6'])
    const two = setUp()
    two.l1(3, upgraded('proposer-unchecked'), foreign(two.right))
    expect(broken(two.auditor)).toEqual([])
  })

  it('catches a challenge that was right and lost, and none that was wrong', () => {
    const one = setUp()
    one.l1(3, root(12, one.right))
    one.l1(4, lost(12))
    expect(broken(one.auditor)).toEqual([])
    const two = setUp()
    two.l1(3, root(12, FALSE))
    two.l1(4, lost(12))
    expect(broken(two.auditor)).toEqual(['T-6'])
  })

  it('accepts that an upgrade forgets pending roots; not without one, and none that have stood', () => {
    const own = upgraded('pending-roots-reset').events[0] as Posting
    for (const [second, events, ids] of [
      [12, [own, forgotten], []],
      [12, [forgotten], ['T-6']],
      [13, [own, forgotten], ['T-6']],
    ] as const) {
      const { auditor, l1, right } = setUp()
      l1(3, root(12, right))
      l1(second, reset(...events))
      expect(broken(auditor)).toEqual(ids)
    }
  })

  it('accepts that a wrong root is deleted within its window, and that a right one follows', () => {
    const { auditor, l1, right } = setUp()
    l1(3, root(12, FALSE))
    l1(12, deleted(12), root(12, right))
    l1(23)
    expect(broken(auditor)).toEqual([])
  })

  it('catches the deletion of a right root, of a final one, and of none', () => {
    const one = setUp()
    one.l1(3, root(12, one.right))
    one.l1(4, deleted(12))
    expect(broken(one.auditor)).toEqual(['T-6'])
    const two = setUp({ isSeen: false })
    two.l1(3, root(12, FALSE))
    two.l1(13, deleted(12))
    expect(broken(two.auditor)).toEqual(['T-6'])
    const three = setUp()
    three.l1(4, deleted(12))
    expect(broken(three.auditor)).toEqual(['T-6'])
  })

  it('takes a deletion back with the L1 block that held it', () => {
    const { auditor, sealer, l1 } = setUp()
    const parent = l1(3, root(12, FALSE))
    l1(4, deleted(12))
    auditor.block(sealer.seal({ chainId: L1, number: 5, transactions: [], parent }))
    l1(13)
    expect(broken(auditor)).toEqual(['T-6'])
  })
})
