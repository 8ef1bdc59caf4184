import { asHash32 } from '@solvent/primitives'
import type { Block, ChainEvent } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { address, L1, strongBridge, weakBridge } from '../../testing/small-network.ts'
import { BundleBook } from './bundle-book.ts'

const hash = (n: number) => asHash32(`0x${n.toString(16).padStart(64, '0')}`)
/** As much of a block as the book reads. */
const block = (number: number, ...events: ChainEvent[]): Block =>
  ({ header: { chainId: L1 }, hash: hash(number), receipts: [{ events }] }) as unknown as Block
const proposed: ChainEvent = {
  kind: 'bundle-proposed',
  bridge: weakBridge,
  bundle: 0,
  lanes: [],
  count: 1,
  root: hash(99),
  proposer: address('atlas'),
  openUntil: 10,
}
const delivered = (bridge = weakBridge, bundle = 0): ChainEvent => ({
  kind: 'message-delivered',
  digest: hash(7),
  evidence: { kind: 'bundle', bundle },
  message: { bridge } as Extract<ChainEvent, { kind: 'message-delivered' }>['message'],
})

describe("a bundle's bond", () => {
  const known = () => {
    const book = new BundleBook(weakBridge)
    const [bundle] = book.onBlock(block(1, proposed))
    return { book, bonded: () => book.isBonded(bundle!) }
  }

  it('is tied up until the first delivery under it, and again when that block is orphaned', () => {
    const { book, bonded } = known()
    expect(bonded()).toBe(true)
    book.onBlock(block(2, delivered(strongBridge), delivered(weakBridge, 1)))
    expect(bonded()).toBe(true)
    book.onBlock(block(3, delivered()))
    book.onBlock(block(4, delivered()))
    expect(bonded()).toBe(false)
    book.onOrphaned(block(4))
    expect(bonded()).toBe(false)
    book.onOrphaned(block(3))
    expect(bonded()).toBe(true)
  })

  it('is gone or back with a ruling', () => {
    const { book, bonded } = known()
    const winner = address('atlas')
    book.onBlock(block(2, { kind: 'bundle-ruled', bridge: weakBridge, bundle: 0, upheld: true, winner }))
    expect(bonded()).toBe(false)
  })
})
