import { ZERO_ADDRESS } from '@solvent/primitives'
import { type FalseFill, type Order, orderDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createAuditor } from './create-auditor.ts'
import { curvePrice } from './curve-price.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  address,
  GENESIS_SECONDS,
  genesis,
  L1,
  node,
  ROLLUP,
  sampleOrder,
  settlerL1,
  spec,
  usdcL1,
  verifier,
} from './testing/network.ts'
import { cancel, claim, fill, open, proof, prove, refund } from './testing/order-story.ts'
import { audit, brokenIds, newAuditor } from './testing/run-story.ts'

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
/** The fill's block: number 2 begins 24 s after genesis. It is finalised by block 6, at 72 s. */
const FILLED_AT = GENESIS_SECONDS + 24

/** An order's whole life; each step may be spoiled. */
function life(
  order: Order = sampleOrder(),
  spoil: { fill?: DraftTransaction; prove?: DraftTransaction; claim?: DraftTransaction } = {},
): DraftBlock[] {
  const sent = proof(order, { at: FILLED_AT })
  return [
    rollup(1, open(order)),
    l1(2, spoil.fill ?? fill(order, { at: FILLED_AT })),
    l1(4),
    l1(6),
    rollup(40, spoil.prove ?? prove(sent)),
    rollup(41, spoil.claim ?? claim(order)),
    l1(8),
  ]
}

describe('a sound order', () => {
  it('breaks nothing, and every rule on its way is evaluated', () => {
    const report = audit(life())
    expect(report.broken).toEqual([])
    for (const id of [
      'L-1',
      'L-3',
      'L-4',
      'L-6',
      'L-7',
      'O-1',
      'O-2',
      'O-3',
      'O-4',
      'O-5',
      'O-6',
      'O-7',
      'O-8',
      'O-11',
      'O-12',
      'O-15',
      'S-1',
      'S-2',
      'S-3',
      'S-4',
      'S-5',
      'S-6',
      'B-7',
      'T-2',
      'T-3',
    ] as const) {
      expect(report.checked.get(id), id).toBeGreaterThan(0)
    }
  })

  it('may reach the audit with its destination first or last', () => {
    const [opened, filled, ...rest] = life()
    expect(audit([filled!, opened!, ...rest]).broken).toEqual([])
    const [, , , , proven, claimed] = life()
    expect(audit([opened!, proven!, claimed!, filled!, l1(4), l1(6), l1(8)]).broken).toEqual([])
  })

  it('may be refunded once it has expired', () => {
    const order = sampleOrder()
    expect(audit([rollup(1, open(order)), rollup(601, refund(order))]).broken).toEqual([])
  })

  it('may be cancelled before it is opened, and after it has expired', () => {
    const order = sampleOrder()
    expect(audit([rollup(1, cancel(order))]).broken).toEqual([])
    expect(audit([rollup(1, open(order)), rollup(601, cancel(order), refund(order))]).broken).toEqual([])
  })
})

describe('O-1', () => {
  it('catches a claim of an order that was never proven', () => {
    const order = sampleOrder()
    expect(brokenIds(audit([rollup(1, open(order)), rollup(2, claim(order))]))).toEqual(['O-1', 'O-3'])
  })

  it('catches a proof that arrives after the refund', () => {
    const order = sampleOrder()
    const drafts = [
      rollup(1, open(order)),
      l1(2, fill(order, { at: FILLED_AT })),
      l1(6),
      rollup(601, refund(order)),
      rollup(602, prove(proof(order, { at: FILLED_AT }))),
      l1(110),
    ]
    expect(brokenIds(audit(drafts))).toEqual(['O-1'])
  })

  it('catches an order that moves without having been opened', () => {
    expect(brokenIds(audit([rollup(1, { ...refund(sampleOrder()), entries: [] })]))).toEqual(['O-1'])
  })

  it('catches a cancellation by a stranger', () => {
    expect(brokenIds(audit([rollup(1, { ...cancel(sampleOrder()), from: 'atlas' })]))).toEqual(['O-1'])
  })
})

describe('O-2', () => {
  it('catches a second fill', () => {
    const order = sampleOrder()
    const drafts = [
      rollup(1, open(order)),
      l1(2, fill(order, { at: FILLED_AT })),
      l1(3, fill(order, { at: FILLED_AT + 12, by: 'borealis', sequence: 1 })),
    ]
    expect(brokenIds(audit(drafts))).toEqual(['O-2'])
  })

  it('forgets the fill of an orphaned block', () => {
    const order = sampleOrder()
    const sealer = new Sealer()
    const auditor = newAuditor()
    const fork = sealer.seal(l1(2))
    const orphan = sealer.seal(l1(3, fill(order, { at: FILLED_AT + 12 })))
    const better = sealer.seal({
      ...l1(4, fill(order, { at: FILLED_AT + 24, by: 'borealis' })),
      parent: fork,
    })
    for (const block of [fork, orphan, better]) auditor.block(block)
    expect(auditor.finish().broken).toEqual([])
    expect(
      auditor
        .balances()
        .find(({ kind, token, owner }) => kind === 'SOLVER' && token === usdcL1 && owner === address('atlas'))
        ?.amount,
    ).toBe(1_000_000n)
  })
})

describe('O-3', () => {
  it('catches a payout above the input', () => {
    const order = sampleOrder()
    const paid = claim(order)
    paid.events = [
      {
        kind: 'order-claimed',
        orderId: orderDigest(order),
        payee: address('atlas'),
        token: order.input.token,
        amount: 1_001n,
      },
    ]
    expect(brokenIds(audit(life(order, { claim: paid })))).toContain('O-3')
  })

  it('catches a payout to somebody else than the proof names', () => {
    expect(brokenIds(audit(life(sampleOrder(), { claim: claim(sampleOrder(), 'borealis') })))).toEqual([
      'O-3',
    ])
  })

  it('catches a proof of a fill that its chain does not hold', () => {
    const order = sampleOrder()
    const drafts = [rollup(1, open(order)), l1(6), rollup(40, prove(proof(order, { at: FILLED_AT }))), l1(8)]
    expect(brokenIds(audit(drafts))).toEqual(['O-3'])
  })

  describe('where a false fill is declared', () => {
    const order = sampleOrder()
    const lie = proof(order, { at: FILLED_AT, by: 'borealis', sequence: 7 })
    const stolen = (told: Partial<FalseFill> | null) =>
      brokenIds(
        audit(
          [
            rollup(1, open(order)),
            l1(6),
            rollup(40, prove(lie)),
            rollup(41, claim(order, 'borealis')),
            l1(8),
          ],
          (auditor) => {
            if (told === null) return
            const fill: FalseFill = {
              bridge: lie.bridge,
              srcChainId: lie.srcChainId,
              settler: lie.emitter,
              sequence: 7,
              dstChainId: lie.dstChainId,
              order: { by: 'time', openedFrom: 0 },
              payee: address('borealis'),
              ...told,
            }
            auditor.event(spec.genesisMs, node('v1'), { kind: 'false-fill-declared', fill })
          },
        ),
      )

    it('excuses the proof and its payout', () => expect(stolen({})).toEqual([]))
    it('excuses nothing without a word', () => expect(stolen(null)).toEqual(['O-3']))
    it('excuses no other number', () => expect(stolen({ sequence: 8 })).toEqual(['O-3']))
    it('excuses no other payee', () => expect(stolen({ payee: address('atlas') })).toEqual(['O-3']))
    it('excuses no other chain', () => expect(stolen({ dstChainId: L1 })).toEqual(['O-3']))
  })

  it('catches a proof that says more than the fill delivered', () => {
    const order = sampleOrder()
    const drafts = life(order, { prove: prove(proof(order, { at: FILLED_AT, amount: 995n })) })
    // The message is another one than was sent, too.
    expect(brokenIds(audit(drafts))).toEqual(['O-3', 'S-5'])
  })

  it('judges a fill of a chain that makes no more blocks when others have gone on for ten minutes, and not before', () => {
    const order = sampleOrder()
    // The L1's last block begins at 72 s, the proof's at 80 s, rollup block 340 at 680 s: ten minutes later.
    const proven = (last: number) =>
      audit([rollup(1, open(order)), l1(6), rollup(40, prove(proof(order, { at: FILLED_AT }))), rollup(last)])
    expect(brokenIds(proven(340))).toEqual([])
    expect(brokenIds(proven(341))).toEqual(['O-3'])
  })

  it('does not judge a fill whose chain has not been seen so far', () => {
    const order = sampleOrder()
    expect(
      audit([rollup(1, open(order)), rollup(40, prove(proof(order, { at: FILLED_AT })))]).broken,
    ).toEqual([])
  })
})

describe('O-4', () => {
  it('catches a refund after the payout, and a payout after the refund', () => {
    const order = sampleOrder()
    const settledThenRefunded = [...life(order), rollup(601, { ...refund(order), entries: [] })]
    expect(brokenIds(audit(settledThenRefunded))).toContain('O-4')
    const refundedThenSettled = [
      rollup(1, open(order)),
      rollup(601, refund(order)),
      rollup(602, { ...claim(order), entries: [] }),
    ]
    expect(brokenIds(audit(refundedThenSettled))).toContain('O-4')
  })

  it('catches a second refund', () => {
    const order = sampleOrder()
    const drafts = [
      rollup(1, open(order)),
      rollup(601, refund(order)),
      rollup(602, { ...refund(order), entries: [] }),
    ]
    expect(brokenIds(audit(drafts))).toEqual(['O-4'])
  })
})

describe('O-5', () => {
  it('catches an escrow that is short of the input by a fee', () => {
    const order = sampleOrder()
    const opened = open(order)
    opened.entries = [
      {
        cause: 'escrow-open',
        legs: opened.entries[0]!.legs.map((leg) => ({ ...leg, amount: leg.amount > 0n ? 998n : -998n })),
      },
    ]
    expect(brokenIds(audit([rollup(1, opened)]))).toEqual(['O-5'])
  })
})

describe('O-6', () => {
  it('catches a settled order whose recipient got nothing', () => {
    const order = sampleOrder()
    const stolen = fill(order, { at: FILLED_AT })
    stolen.entries = [
      {
        cause: 'fill',
        legs: [
          { kind: 'SOLVER', owner: address('atlas'), token: usdcL1, amount: -990n },
          { kind: 'SOLVER', owner: address('borealis'), token: usdcL1, amount: 990n },
        ],
      },
    ]
    expect(brokenIds(audit(life(order, { fill: stolen })))).toEqual(['O-6'])
  })
})

describe('O-7', () => {
  it('catches a fill below the limit', () => {
    const order = sampleOrder()
    const drafts = [rollup(1, open(order)), l1(2, fill(order, { at: FILLED_AT, amount: 989n }))]
    expect(brokenIds(audit(drafts))).toEqual(['O-7'])
  })

  it('catches a fill below the price at the fee that its transaction pays', () => {
    // At 3 wei of tip and 1 % a wei, 990 must grow to ceil(990 · 1.03) = 1020.
    const order = sampleOrder({ pricing: { rule: 'priority-fee', feeUnit: 1n, milliBipsPerFee: 100_000 } })
    const filled = (amount: bigint) => {
      const draft = fill(order, { at: FILLED_AT, amount, required: 1_020n })
      draft.entries[0]!.rounding = [
        { token: usdcL1, direction: 'up', residue: 3_000_000n, divisor: 10_000_000n },
      ]
      return [rollup(1, open(order)), l1(2, { ...draft, tip: 3n })]
    }
    expect(brokenIds(audit(filled(1_020n)))).toEqual([])
    expect(brokenIds(audit(filled(1_019n)))).toEqual(['O-7'])
  })

  it('catches a fill below the decayed price, by cross-multiplication', () => {
    // From 1000 at 0 s to 990 at 70 s: at 24 s the price is 1000 - 240/70, which only 997 reaches.
    const pricing = {
      rule: 'dutch',
      startAmount: 1_000n,
      decayStart: GENESIS_SECONDS,
      decayEnd: GENESIS_SECONDS + 70,
    } as const
    const order = sampleOrder({ pricing })
    const rounding = [{ token: usdcL1, direction: 'floor', residue: 30n, divisor: 70n } as const]
    const filled = (amount: bigint) => {
      const draft = fill(order, { at: FILLED_AT, amount, required: 997n })
      draft.entries[0]!.rounding = rounding
      return [rollup(1, open(order)), l1(2, draft)]
    }
    expect(brokenIds(audit(filled(997n)))).toEqual([])
    expect(brokenIds(audit(filled(996n)))).toEqual(['O-7'])
  })
})

describe('a price along a curve of blocks', () => {
  // Filled in block 2 of the L1. From block 0: 1000 − 7 · 2/3 = 995.33, rounded for the user to 996, which leaves 2 of 3; from a start one block
  // later to a point that rises, 1000 + 7 · 1/3 = 1002.33, rounded up to 1003, which leaves 2 of 3.
  const curve = (
    decayStartBlock: number,
    fall: bigint,
  ): Extract<Order['pricing'], { rule: 'block-dutch' }> => ({
    rule: 'block-dutch',
    startAmount: 1_000n,
    decayStartBlock,
    curve: [{ blocks: 3, fall }],
  })
  const ON_FROM_A_POINT = [
    { blocks: 1, fall: 4n },
    { blocks: 4, fall: 12n },
  ]
  const filled = (pricing: Order['pricing'], amount: bigint, required: bigint, direction: 'floor' | 'up') => {
    const order = sampleOrder({ pricing })
    const draft = fill(order, { at: FILLED_AT, amount, required })
    draft.entries[0]!.rounding = [{ token: usdcL1, direction, residue: 2n, divisor: 3n }]
    return brokenIds(audit([rollup(1, open(order)), l1(2, draft)]))
  }

  it.each([
    ['falls', curve(0, 7n), 996n, 'floor'],
    ['rises', curve(1, -7n), 1_003n, 'up'],
    // Between its points: 1000 − (4 · 2 + 12 · 1)/3 = 993.33.
    ['falls on from a point', { ...curve(0, 0n), curve: ON_FROM_A_POINT }, 994n, 'floor'],
  ] as const)(
    'that %s is reached by the whole unit above it, and by none below',
    (_name, pricing, price, direction) => {
      expect(filled(pricing, price, price, direction)).toEqual([])
      expect(filled(pricing, price - 1n, price, direction)).toEqual(['O-7'])
      expect(filled(pricing, price, price - 1n, direction)).toEqual(['L-7'])
      expect(filled(pricing, price, price, direction === 'up' ? 'floor' : 'up')).toEqual(['L-7'])
    },
  )
})

describe('curvePrice', () => {
  const priceIn = (block: number, curve: readonly { readonly blocks: number; readonly fall: bigint }[]) => {
    const pricing = { rule: 'block-dutch', startAmount: 1_000n, decayStartBlock: 10, curve } as const
    const { numerator, denominator } = curvePrice(pricing, 900n, block)
    return Number(numerator) / Number(denominator)
  }

  // The contract clamps to the order's minimum, before and between points alike.
  it('is never below the minimum', () => {
    expect(priceIn(20, [{ blocks: 10, fall: 200n }])).toBe(900)
    expect(priceIn(16, [{ blocks: 10, fall: 200n }])).toBe(900)
    expect(priceIn(14, [{ blocks: 10, fall: 200n }])).toBe(920)
  })

  // NonlinearDutchDecayLib: blockDelta = min(block − start, type(uint16).max).
  it('stands still after 65,535 blocks, where the last point of a curve may be', () => {
    const curve = [
      { blocks: 65_534, fall: 0n },
      { blocks: 65_535, fall: 40n },
    ]
    expect(priceIn(10 + 65_534, curve)).toBe(1_000)
    expect(priceIn(10 + 65_535, curve)).toBe(960)
    expect(priceIn(10 + 70_000, curve)).toBe(960)
    // A point further away than an order can say is never reached.
    expect(priceIn(10 + 70_000, [{ blocks: 70_000, fall: 70_000n / 1_000n }])).toBeCloseTo(
      1_000 - (70 * 65_535) / 70_000,
      9,
    )
  })

  it('begins to fall in its first block, and not before', () => {
    expect(priceIn(9, [{ blocks: 10, fall: 50n }])).toBe(1_000)
    expect(priceIn(10, [{ blocks: 10, fall: 50n }])).toBe(1_000)
    expect(priceIn(11, [{ blocks: 10, fall: 50n }])).toBe(995)
  })
})

describe('O-8', () => {
  // The deadlines of the sample: open at 300 s, fill at 600 s, expiry at 1200 s after genesis.
  it.each([
    [150, []],
    [151, ['O-8']],
  ])('allows opening up to its deadline and no later (rollup block %i)', (block, ids) => {
    expect(brokenIds(audit([rollup(block, open(sampleOrder()))]))).toEqual(ids)
  })

  it.each([
    [50, []],
    [51, ['O-8']],
  ])('allows filling up to the deadline and no later (L1 block %i)', (block, ids) => {
    const order = sampleOrder()
    const at = GENESIS_SECONDS + 12 * block
    expect(brokenIds(audit([rollup(1, open(order)), l1(block, fill(order, { at }))]))).toEqual(ids)
  })

  it.each([
    [600, ['O-8']],
    [601, []],
  ])('allows refunding strictly after expiry (rollup block %i)', (block, ids) => {
    const order = sampleOrder()
    expect(brokenIds(audit([rollup(1, open(order)), rollup(block, refund(order))]))).toEqual(ids)
  })
})

describe('O-9', () => {
  it('catches a refund that reverts although the order has expired', () => {
    const order = sampleOrder()
    const refused: DraftTransaction = {
      ...refund(order),
      entries: [],
      events: [],
      reverted: 'not-refundable',
    }
    expect(brokenIds(audit([rollup(1, open(order)), rollup(601, refused)]))).toEqual(['O-9'])
    expect(brokenIds(audit([rollup(1, open(order)), rollup(600, refused)]))).toEqual([])
  })
})

describe('O-10', () => {
  it('catches a fill that was final for more than an hour and lost to a refund', () => {
    const order = sampleOrder({ expires: GENESIS_SECONDS + 7_200 })
    const drafts = [
      rollup(1, open(order)),
      l1(2, fill(order, { at: FILLED_AT })),
      l1(6),
      rollup(3_601, refund(order)),
    ]
    expect(brokenIds(audit(drafts))).toEqual(['O-10'])
  })

  it('accepts the loss when the solver declared it', () => {
    const order = sampleOrder({ expires: GENESIS_SECONDS + 7_200 })
    const drafts = [
      rollup(1, open(order)),
      l1(2, fill(order, { at: FILLED_AT })),
      l1(6),
      rollup(3_601, refund(order)),
    ]
    const report = audit(drafts, (auditor) =>
      auditor.event(0, 'atlas' as never, {
        kind: 'receivable',
        orderId: orderDigest(order),
        solver: address('atlas'),
        state: 'stranded',
        chainId: ROLLUP,
        token: order.input.token,
        amount: 1_000n,
        bridge: order.prover,
      }),
    )
    expect(report.broken).toEqual([])
  })
})

describe('O-11', () => {
  it('catches a proof that came before the fill was final', () => {
    const order = sampleOrder()
    // Block 6 at 72 s finalises the fill; rollup block 35 begins at 70 s.
    const drafts = (block: number) => [
      rollup(1, open(order)),
      l1(2, fill(order, { at: FILLED_AT })),
      rollup(block, prove(proof(order, { at: FILLED_AT }))),
      l1(4),
      l1(6),
      l1(8),
    ]
    expect(brokenIds(audit(drafts(35)))).toEqual(['O-11'])
    expect(brokenIds(audit(drafts(36)))).toEqual([])
  })

  it('judges a proof whose L1 never said that the fill is final, once the L1 has been silent for ten minutes', () => {
    const order = sampleOrder()
    // Block 4 finalises nothing of block 2. The proof stands in block 40, at 80 s.
    const proven = (last: number) =>
      audit([
        rollup(1, open(order)),
        l1(2, fill(order, { at: FILLED_AT })),
        l1(4),
        rollup(40, prove(proof(order, { at: FILLED_AT }))),
        rollup(last),
      ])
    expect(brokenIds(proven(340))).toEqual([])
    expect(brokenIds(proven(341))).toEqual(['O-11'])
  })

  it('allows for the clocks that the scenario has put apart, and for no more', () => {
    const order = sampleOrder()
    const drafts = [
      rollup(1, open(order)),
      l1(2, fill(order, { at: FILLED_AT })),
      rollup(35, prove(proof(order, { at: FILLED_AT }))),
      l1(6),
      l1(8),
    ]
    const ids = (clockSpreadMs: number): string[] => {
      const auditor = createAuditor({ spec, genesis, verifier, applicable: 'sim', clockSpreadMs })
      const sealer = new Sealer()
      for (const draft of drafts) for (const block of sealer.blocks(draft)) auditor.block(block)
      return brokenIds(auditor.finish())
    }
    expect(ids(2_000)).toEqual([])
    expect(ids(1_999)).toEqual(['O-11'])
  })
})

describe('O-12', () => {
  const named = (overrideBps: number) =>
    sampleOrder({
      award: { by: 'user', solver: address('atlas'), exclusiveUntil: GENESIS_SECONDS + 24, overrideBps },
    })

  it('bars others up to the end of the exclusivity', () => {
    const order = named(0)
    const drafts = (block: number) => [
      rollup(1, open(order)),
      l1(block, fill(order, { at: GENESIS_SECONDS + 12 * block, by: 'borealis' })),
    ]
    expect(brokenIds(audit(drafts(2)))).toEqual(['O-12'])
    expect(brokenIds(audit(drafts(3)))).toEqual([])
  })

  it('lets others in who pay the override, rounded up', () => {
    // 990 · 1.0025 = 992.475
    const order = named(25)
    const filled = (amount: bigint) => {
      const draft = fill(order, { at: FILLED_AT, by: 'borealis', amount, required: 993n })
      draft.entries[0]!.rounding = [{ token: usdcL1, direction: 'up', residue: 5_250n, divisor: 10_000n }]
      return [rollup(1, open(order)), l1(2, draft)]
    }
    expect(brokenIds(audit(filled(993n)))).toEqual([])
    expect(brokenIds(audit(filled(992n)))).toEqual(['O-12'])
  })
})

describe('O-15', () => {
  it('catches a second opening of one digest', () => {
    const order = sampleOrder()
    const again = {
      ...open(order),
      entries: [],
      events: open(order).events.filter(({ kind }) => kind === 'order-opened'),
    }
    // A second opening uses the nonce a second time, too.
    expect(brokenIds(audit([rollup(1, open(order)), rollup(2, again)]))).toEqual(['O-15', 'S-3'])
  })
})

describe('S-4', () => {
  it('catches an order that is stored where it does not belong', () => {
    const order = sampleOrder({
      output: {
        chainId: L1,
        settler: ZERO_ADDRESS,
        token: usdcL1,
        minAmount: 990n,
        recipient: address('alice'),
      },
    })
    expect(order.output.settler).not.toBe(settlerL1)
    expect(brokenIds(audit([l1(2, fill(order, { at: FILLED_AT }))]))).toEqual(['S-4'])
  })
})
