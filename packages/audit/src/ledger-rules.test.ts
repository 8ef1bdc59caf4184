import { asHash32 } from '@solvent/primitives'
import type { JournalEntry, Leg } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { bridgeOut, receive, STEP, transfer } from './testing/bridge-story.ts'
import { type DraftBlock, type DraftEntry, type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  address,
  bridge,
  GENESIS_SECONDS,
  L1,
  ROLLUP,
  rsEthL1,
  sampleOrder,
  usdcL1,
  usdcRollup,
} from './testing/network.ts'
import { fill, open } from './testing/order-story.ts'
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

const atlas: Omit<Leg, 'amount'> = { kind: 'SOLVER', owner: address('atlas'), token: usdcL1 }
const borealis: Omit<Leg, 'amount'> = { kind: 'SOLVER', owner: address('borealis'), token: usdcL1 }

/** A transfer of 5 from atlas to borealis, with whatever is wrong with it. */
function moved(entry: Partial<DraftEntry> = {}): DraftTransaction {
  return {
    from: 'atlas',
    call: { kind: 'transfer', token: usdcL1, to: address('borealis'), amount: 5n },
    entries: [
      {
        cause: 'transfer',
        legs: [
          { ...atlas, amount: -5n },
          { ...borealis, amount: 5n },
        ],
        ...entry,
      },
    ],
    events: [],
  }
}

const ids = (...transactions: DraftTransaction[]): string[] => brokenIds(audit([l1(1, ...transactions)]))

describe('the ledger family', () => {
  it('accepts a sound transfer', () => {
    expect(ids(moved())).toEqual([])
  })

  it('L-1 and L-4 catch value from nowhere', () => {
    expect(
      ids(
        moved({
          legs: [
            { ...atlas, amount: -5n },
            { ...borealis, amount: 6n },
          ],
        }),
      ),
    ).toEqual(['L-1', 'L-2', 'L-4'])
  })

  it('L-1 catches legs that balance across two tokens and not within each', () => {
    const legs = [
      { ...atlas, amount: -5n },
      { ...borealis, token: rsEthL1, amount: 5n },
    ]
    expect(ids(moved({ legs }))).toEqual(['L-1', 'L-2', 'L-4'])
  })

  it('L-2 catches a mint that is neither genesis nor a bridge', () => {
    const legs: Leg[] = [
      { kind: 'SUPPLY', owner: '', token: usdcL1, amount: -5n },
      { ...borealis, amount: 5n },
    ]
    expect(ids(moved({ legs }))).toEqual(['L-2'])
  })

  it('L-3 catches an overdraft', () => {
    expect(
      ids(
        moved({
          legs: [
            { ...atlas, amount: -1_000_001n },
            { ...borealis, amount: 1_000_001n },
          ],
        }),
      ),
    ).toEqual(['L-3'])
  })

  it.each<[string, Partial<DraftEntry>]>([
    ['a single leg', { legs: [{ ...atlas, amount: 0n }] }],
    [
      'a leg of zero',
      {
        legs: [
          { ...atlas, amount: -5n },
          { ...borealis, amount: 5n },
          { ...borealis, amount: 0n },
        ],
      },
    ],
    ['a gap in the index', { index: 7 }],
    ['a fill without a fill', { cause: 'fill' }],
    ['a mint without a bridge', { cause: 'bridge-mint' }],
    ['a genesis after genesis', { cause: 'genesis' }],
  ])('L-4 catches %s', (_what, entry) => {
    expect(ids(moved(entry))).toEqual(['L-4'])
  })

  it('L-4 catches entries that are not those that the header commits to', () => {
    const sealer = new Sealer()
    const [first, second] = [sealer.seal(l1(1, moved())), sealer.seal(l1(2, moved()))]
    const twice = (entry: JournalEntry): JournalEntry => ({
      ...entry,
      legs: entry.legs.map((leg) => ({ ...leg, amount: 2n * leg.amount })),
    })
    const receipts = second.receipts.map((receipt) => ({ ...receipt, entries: receipt.entries.map(twice) }))
    const auditor = newAuditor()
    auditor.block(first)
    auditor.block({ ...second, receipts })
    // The header itself, and with it the state root, is sound.
    expect(auditor.broken.map(({ id }) => id)).toContain('L-4')
    expect(auditor.broken.map(({ id }) => id)).not.toContain('L-5')
    const sound = newAuditor()
    for (const block of [first, second]) sound.block(block)
    expect(sound.broken).toEqual([])
  })

  it('L-4 catches a leg of 2^256 units', () => {
    const legs = [
      { ...atlas, amount: -(1n << 256n) },
      { ...borealis, amount: 1n << 256n },
    ]
    expect(ids(moved({ legs }))).toEqual(['L-3', 'L-4'])
  })

  it('L-5 catches a state root that the journal does not fold to', () => {
    const root = asHash32(`0x${'34'.repeat(32)}`)
    expect(brokenIds(audit([l1(1, moved()), { ...l1(2, moved()), header: { stateRoot: root } }]))).toEqual([
      'L-5',
    ])
  })

  it('L-5 catches an outbox root that is not that of the messages sent, also after a re-org', () => {
    const sent = bridgeOut({ from: L1, amount: STEP, sequence: 0 })
    const spoilt = { outboxRoot: asHash32(`0x${'34'.repeat(32)}`) }
    expect(brokenIds(audit([l1(1, sent), l1(2, moved())]))).toEqual([])
    expect(brokenIds(audit([l1(1, sent), { ...l1(2, moved()), header: spoilt }]))).toEqual(['L-5'])
    const sealer = new Sealer()
    const [base, orphan] = [sealer.seal(l1(1, moved())), sealer.seal(l1(2, sent))]
    const heir = sealer.seal({ ...l1(3, moved()), parent: base })
    const auditor = newAuditor()
    for (const block of [base, orphan, heir]) auditor.block(block)
    expect(auditor.broken).toEqual([])
  })

  it('L-5 catches live balances that differ from the fold', () => {
    const auditor = newAuditor()
    const live = auditor.balances().filter(({ chainId }) => chainId === L1)
    auditor.live(L1, live)
    expect(brokenIds(auditor.finish())).toEqual([])
    auditor.live(
      L1,
      live.map((line, i) => (i === 0 ? { ...line, amount: line.amount + 1n } : line)),
    )
    expect(brokenIds(auditor.finish())).toEqual(['L-5'])
  })

  it('L-6 catches a loss without a reason of the list, and value that comes back from the fire', () => {
    const lost = (owner: string): Leg[] => [
      { ...atlas, amount: -5n },
      { kind: 'LOSS', owner, token: usdcL1, amount: 5n },
    ]
    expect(ids(moved({ legs: lost('bad luck') }))).toEqual(['L-6'])
    const report = audit([l1(1, moved({ legs: lost('slashed') }))])
    expect(report.broken).toEqual([])
    expect(report.losses.get(`1:${usdcL1}/slashed`)).toBe(5n)
    const back: Leg[] = [
      { kind: 'ROUNDING', owner: '', token: usdcL1, amount: -5n },
      { ...borealis, amount: 5n },
    ]
    expect(ids(moved({ legs: back }))).toContain('L-6')
  })
})

describe('full sums', () => {
  it('are taken every thousand entries, between transactions and never within one', () => {
    // An opening is two entries: the thousandth is an escrow whose event has not been read yet.
    const opens = Array.from({ length: 510 }, (_, i) =>
      open(sampleOrder({ nonce: BigInt(i), input: { token: usdcRollup, amount: 1n } })),
    )
    const report = audit([rollup(1, ...opens)])
    expect(report.broken).toEqual([])
    // Tokens of the genesis, once at the thousandth entry and once at the end.
    expect(report.checked.get('L-2')).toBe(2 * (2 + 1 + 2 + 1))
  })
})

describe('L-7', () => {
  it('catches a residue that is no residue', () => {
    const rounding = (residue: bigint) => [
      { token: usdcL1, direction: 'floor' as const, residue, divisor: 7n },
    ]
    expect(ids(moved({ rounding: rounding(6n) }))).toEqual([])
    expect(ids(moved({ rounding: rounding(7n) }))).toEqual(['L-7'])
    expect(ids(moved({ rounding: rounding(0n) }))).toEqual(['L-7'])
  })

  it('catches a required amount that was rounded for the solver', () => {
    // 24 s into a decay of 10 over 70 s: the exact price is 1000 - 240/70 = 996.57, so 997 is required.
    const order = sampleOrder({
      pricing: {
        rule: 'dutch',
        startAmount: 1_000n,
        decayStart: GENESIS_SECONDS,
        decayEnd: GENESIS_SECONDS + 70,
      },
    })
    const filled = (required: bigint, direction: 'floor' | 'up', residue: bigint) => {
      const draft = fill(order, { at: GENESIS_SECONDS + 24, amount: 997n, required })
      draft.entries[0]!.rounding = [{ token: usdcL1, direction, residue, divisor: 70n }]
      return brokenIds(audit([rollup(1, open(order)), l1(2, draft)]))
    }
    expect(filled(997n, 'floor', 30n)).toEqual([])
    expect(filled(996n, 'up', 40n)).toEqual(['L-7'])
    expect(filled(997n, 'up', 40n)).toEqual(['L-7'])
  })
})

describe('L-8', () => {
  const amount = 3n * STEP + 7n

  it('accepts a transfer whose dust stays with the sender', () => {
    const drafts = [
      l1(1, bridgeOut({ from: L1, amount, sequence: 0 })),
      rollup(8, receive(transfer(L1, 3n * STEP, 0))),
    ]
    const report = audit(drafts)
    expect(report.broken).toEqual([])
    expect(report.checked.get('L-8')).toBeGreaterThan(1)
  })

  it('catches dust that vanishes', () => {
    const sent = bridgeOut({ from: L1, amount, sequence: 0 })
    sent.entries[0]!.legs = sent.entries[0]!.legs.filter((leg) => leg.amount !== 7n)
    expect(brokenIds(audit([l1(1, sent)]))).toEqual(['L-1', 'L-2', 'L-4', 'L-8'])
  })

  it('catches dust that the bridge keeps', () => {
    const sent = bridgeOut({ from: L1, amount, sequence: 0 })
    sent.entries[0]!.legs = [
      { kind: 'SOLVER', owner: address('atlas'), token: rsEthL1, amount: -amount },
      { kind: 'BRIDGE_LOCK', owner: bridge, token: rsEthL1, amount },
    ]
    expect(brokenIds(audit([l1(1, sent)]))).toEqual(['L-8', 'B-2'])
  })

  it('does not mind the amount of a burn that is whole', () => {
    const drafts = [
      rollup(1, bridgeOut({ from: ROLLUP, amount: STEP, sequence: 0 })),
      l1(8, receive(transfer(ROLLUP, STEP, 0))),
    ]
    expect(audit(drafts).broken).toEqual([])
  })
})
