// O-16 by example: each way in which a part of an order can be wrong, and what a re-org takes back.
import { type Order, orderDigest, orderPart } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import { address, GENESIS_SECONDS, ROLLUP, sampleOrder, sign } from './testing/network.ts'
import { cancel, open } from './testing/order-story.ts'
import { audit, brokenIds, newAuditor } from './testing/run-story.ts'

const award = { by: 'parts', leastPartBps: 2_000, exclusiveUntil: GENESIS_SECONDS + 300 } as const
/** 1,000 units for at least 990. */
const whole = sampleOrder({ award })
const block = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: ROLLUP,
  number,
  transactions,
})

/** The opening of a part by atlas; `spoil` changes the order that the chain makes of it. */
function take(
  input: bigint,
  {
    salt = 0,
    first = true,
    of = whole,
    spoil = {},
  }: Partial<{
    salt: number
    first: boolean
    of: Order
    spoil: Partial<Order>
  }> = {},
): DraftTransaction {
  const wholeId = orderDigest(of)
  const part = { ...orderPart(of, wholeId, { solver: address('atlas'), input, salt }), ...spoil }
  const signature = sign('alice', wholeId)
  const { from, entries, events } = open(part)
  return {
    ...{ from, entries },
    call: { kind: 'open-part', order: of, signature, input, salt },
    events: events.flatMap((event): typeof events => {
      if (event.kind === 'nonce-used') return first ? [{ ...event, nonce: of.nonce, orderId: wholeId }] : []
      if (event.kind !== 'order-opened') return [event]
      const { exclusiveUntil } = award
      return [{ ...event, signature, exclusiveSolver: address('atlas'), exclusiveUntil }]
    }),
  }
}
const second = { salt: 1, first: false }
const ofPart = (input: bigint): Order =>
  orderPart(whole, orderDigest(whole), { solver: address('atlas'), input, salt: 0 })

it('finds nothing wrong with an order that is taken in two parts, and has looked', () => {
  const report = audit([block(1, take(600n)), block(2, take(400n, second))])
  expect(report.broken).toEqual([])
  expect(report.checked.get('O-16')).toBe(2)
})

it.each<[string, DraftBlock[], string[]]>([
  ['more than the order together', [block(1, take(600n)), block(2, take(401n, second))], ['O-16']],
  ['less than the least part', [block(1, take(199n))], ['O-16']],
  [
    'an output a unit too small',
    [block(1, take(500n, { spoil: { output: { ...whole.output, minAmount: 494n } } }))],
    ['O-16'],
  ],
  [
    'an output a unit too large',
    [block(1, take(500n, { spoil: { output: { ...whole.output, minAmount: 496n } } }))],
    ['O-16'],
  ],
  [
    'another solver than who took it',
    [
      block(
        1,
        take(500n, {
          spoil: { award: { by: 'user', solver: address('borealis'), exclusiveUntil: 0, overrideBps: 0 } },
        }),
      ),
    ],
    ['O-16'],
  ],
  ['a nonce of its own choice', [block(1, take(500n, { spoil: { nonce: 7n } }))], ['O-16']],
  ['a later expiry', [block(1, take(500n, { spoil: { expires: whole.expires + 1 } }))], ['O-16']],
  [
    'another recipient',
    [block(1, take(500n, { spoil: { output: { ...ofPart(500n).output, recipient: address('atlas') } } }))],
    ['O-16'],
  ],
  [
    'another price',
    [
      block(
        1,
        take(500n, {
          spoil: { pricing: { rule: 'dutch', startAmount: 500n, decayStart: 0, decayEnd: 1 } },
        }),
      ),
    ],
    ['O-16'],
  ],
  ['an order that has no parts', [block(1, take(500n, { of: sampleOrder() }))], ['O-16']],
  [
    'an order that was given up',
    [block(1, take(500n)), block(2, cancel(whole)), block(3, take(500n, second))],
    ['O-16'],
  ],
  ['a nonce that another order has used', [block(1, open(sampleOrder())), block(2, take(500n))], ['S-3']],
])('catches %s', (_name, drafts, broken) => {
  expect(brokenIds(audit(drafts))).toEqual(broken)
})

it('takes of every fall of a curve of blocks its share, rounded for the user', () => {
  const pricing = {
    rule: 'block-dutch',
    startAmount: 1_000n,
    decayStartBlock: 4,
    curve: [
      { blocks: 10, fall: 101n },
      { blocks: 20, fall: -101n },
    ],
  } as const
  const of = sampleOrder({ award, pricing })
  const shared = (falls: readonly [bigint, bigint], change = {}) => {
    const curve = pricing.curve.map((point, index) => ({ ...point, fall: falls[index] as bigint }))
    const spoil = { pricing: { ...pricing, startAmount: 500n, curve, ...change } }
    return brokenIds(audit([block(1, take(500n, { of, spoil }))]))
  }
  expect(brokenIds(audit([block(1, take(500n, { of }))]))).toEqual([])
  expect(shared([50n, -51n])).toEqual([])
  expect(shared([51n, -51n])).toEqual(['O-16'])
  expect(shared([50n, -50n])).toEqual(['O-16'])
  expect(shared([50n, -51n], { decayStartBlock: 5 })).toEqual(['O-16'])
  expect(shared([50n, -51n], { startAmount: 499n })).toEqual(['O-16'])
  expect(shared([50n, -51n], { curve: [{ blocks: 10, fall: 50n }] })).toEqual(['O-16'])
})

it('gives back what an orphaned block had taken, and its nonce', () => {
  const auditor = newAuditor()
  const sealer = new Sealer()
  const root = sealer.seal(block(1))
  auditor.block(root)
  auditor.block(sealer.seal(block(2, take(600n))))
  auditor.block(sealer.seal({ ...block(3, take(1_000n)), parent: root }))
  const broken = brokenIds(auditor.finish())
  expect(broken).not.toContain('O-16')
  expect(broken).not.toContain('S-3')
})
