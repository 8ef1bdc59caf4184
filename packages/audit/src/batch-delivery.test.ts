// Messages that come in one transaction are judged as those that come by themselves.
import { asHash32, bytesToHex, type Hash32 } from '@solvent/primitives'
import { type BridgeMessage, type Call, messageDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { emptySubtrees, leafHash, nodeHash, rootOfPath, rootOfPaths } from './merkle-path.ts'
import { bridgeOut, receive, STEP, transfer } from './testing/bridge-story.ts'
import type { DraftBlock, DraftTransaction } from './testing/draft.ts'
import { bridge, L1, ROLLUP } from './testing/network.ts'
import { audit, brokenIds } from './testing/run-story.ts'

type Batch = Extract<Call, { kind: 'deliver-batch' }>

const messages = [0, 1, 2].map((sequence) => transfer(L1, BigInt(sequence + 1) * STEP, sequence))
const sent = messages.map((_, sequence) =>
  bridgeOut({ from: L1, amount: BigInt(sequence + 1) * STEP, sequence }),
)
const at = (chainId: DraftBlock['chainId'], number: number, ...transactions: DraftTransaction[]) => ({
  chainId,
  number,
  transactions,
})

/** Deliveries of single messages, in one transaction. */
function batch(singles: readonly DraftTransaction[]): DraftTransaction & { call: Batch } {
  const calls = singles.map(({ call }) => call as Extract<Call, { kind: 'deliver' }>)
  const call: Batch = {
    kind: 'deliver-batch',
    messages: calls.map(({ message }) => message),
    proof: {
      kind: 'quorum',
      setIndex: 0,
      signatures: calls.map(({ proof }) => (proof.kind === 'quorum' ? proof.signatures : [])),
    },
  }
  const [entries, events] = [singles.flatMap((each) => each.entries), singles.flatMap((each) => each.events)]
  return { from: 'relayer', call, entries, events }
}

/** A message of a batch that is skipped. */
const skip = (message: BridgeMessage, reason: 'already-delivered' | 'paused'): DraftTransaction => ({
  ...receive(message),
  entries: [],
  events: [{ kind: 'message-skipped', bridge, digest: messageDigest(message), reason }],
})

const judged = (...delivering: DraftTransaction[]): string[] =>
  brokenIds(
    audit([
      ...sent.map((each, i) => at(L1, i + 1, each)),
      ...delivering.map((each, i) => at(ROLLUP, 50 + i, each)),
      at(L1, 9),
    ]),
  )
const all = messages.map((message) => receive(message))

describe('a batch', () => {
  it('breaks nothing, whole, in parts, and with a message that came before or that may come again', () => {
    expect(judged(batch(all))).toEqual([])
    expect(judged(batch(all.slice(0, 2)), batch(all.slice(2)))).toEqual([])
    expect(judged(all[1]!, batch([all[0]!, skip(messages[1]!, 'already-delivered'), all[2]!]))).toEqual([])
    expect(judged(batch([all[0]!, skip(messages[1]!, 'paused')]), batch(all.slice(1)))).toEqual([])
  })

  it('breaks S-5 when a message is forgotten, told twice, told of though it is not there, or said to be known', () => {
    const whole = batch(all)
    expect(judged({ ...batch(all.slice(1)), call: whole.call })).toEqual(['S-5'])
    expect(judged({ ...whole, call: batch(all.slice(1)).call })).toContain('S-5')
    expect(judged(batch([...all, skip(messages[2]!, 'paused')]))).toEqual([])
    expect(judged({ ...batch([...all, skip(messages[2]!, 'paused')]), call: whole.call })).toEqual(['S-5'])
    expect(judged(batch([all[0]!, skip(messages[1]!, 'already-delivered'), all[2]!]))).toEqual(['S-5'])
    expect(judged({ ...skip(messages[0]!, 'paused'), call: all[0]!.call })).toEqual(['S-5'])
  })

  it('breaks S-6 when the signatures under one message are those of another, or are not there', () => {
    const whole = batch(all)
    const signatures = (whole.call.proof as Extract<Batch['proof'], { kind: 'quorum' }>).signatures
    const signed = (given: typeof signatures): string[] =>
      judged({
        ...whole,
        call: { ...whole.call, proof: { kind: 'quorum', setIndex: 0, signatures: given } },
      })
    expect(signed(signatures)).toEqual([])
    expect(signed([signatures[0]!, signatures[2]!, signatures[1]!])).toEqual(['S-6'])
    expect(signed([signatures[0]!, signatures[1]!])).toEqual(['S-6'])
    expect(signed(signatures.with(1, signatures[1]!.slice(1)))).toEqual(['S-6'])
  })

  it('breaks B-1 when one of its messages mints more than it carries', () => {
    const [first, second, third] = batch(all).entries
    const twice = { ...second!, legs: second!.legs.map((leg) => ({ ...leg, amount: 2n * leg.amount })) }
    const events = batch(all).events.map((event) =>
      event.kind === 'bridge-transfer' && event.message === messageDigest(messages[1]!)
        ? { ...event, amount: 2n * event.amount }
        : event,
    )
    const more = { ...batch(all), entries: [first!, twice, third!], events }
    expect(judged(more)).toContain('B-1')
  })
})

describe('the root over several digests', () => {
  const digests = [1, 2, 3, 4, 5].map((i) => asHash32(`0x${`0${i}`.repeat(32)}`))
  const hex = (bytes: Uint8Array): Hash32 => bytesToHex(bytes) as Hash32
  const [a, b, c, d, e] = digests.map(leafHash) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ]
  const empty = (height: number): Hash32 => hex(emptySubtrees[height]!)
  const [ab, cd] = [nodeHash(a, b), nodeHash(c, d)]
  const root = rootOfPath(digests[0]!, {
    leaf: 0,
    path: [hex(b), hex(cd), hex(nodeHash(nodeHash(e, emptySubtrees[0]!), emptySubtrees[1]!))],
  })

  it('is that of each of them, with the siblings that they do not give', () => {
    const over = (places: number[], siblings: Hash32[]): Hash32 | null =>
      rootOfPaths(
        places.map((place) => digests[place]!),
        { leaves: places, siblings },
      )
    expect(over([0, 1, 2, 3, 4], [empty(0), empty(1)])).toBe(root)
    expect(over([4], [empty(0), empty(1), hex(nodeHash(ab, cd))])).toBe(root)
    expect(over([1, 4], [hex(a), empty(0), hex(cd), empty(1)])).toBe(root)
    expect(over([1, 4], [hex(a), empty(0), hex(cd)])).toBeNull()
    expect(over([1, 4], [hex(a), empty(0), hex(cd), empty(1), empty(2)])).not.toBe(root)
    expect(over([4, 1], [hex(a), empty(0), hex(cd), empty(1)])).toBeNull()
    expect(over([1, 1], [hex(a)])).toBeNull()
    expect(over([], [])).toBeNull()
    expect(rootOfPaths(digests, { leaves: [0, 1], siblings: [] })).toBeNull()
  })
})
