import { bytesToHex, type Hash32 } from '@solvent/primitives'
import { type BridgeMessage, type ChainEvent, messageDigest, type NetworkSpec } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { BundleRules } from './bundle-rules.ts'
import { NetworkIndex, type Scope } from './chain-record.ts'
import { FlawBook } from './flaw-book.ts'
import { emptySubtrees, leafHash, nodeHash } from './merkle-path.ts'
import { Tally } from './tally.ts'
import { address, bridge, GENESIS_SECONDS, L1, party, ROLLUP, rsEthL1, spec } from './testing/network.ts'

const LIVENESS = 7_200
const optimistic: NetworkSpec = {
  ...spec,
  bridges: spec.bridges.map((each) => ({
    ...each,
    verification: {
      kind: 'optimistic',
      proposers: [party('relayer')],
      disputers: [party('v1')],
      arbiter: party('guardian'),
      bond: 0n,
      livenessSeconds: LIVENESS,
      arbitrationSeconds: 3_600,
      bundleIntervalSeconds: 0,
    },
  })),
}

const message: BridgeMessage = {
  bridge,
  srcChainId: ROLLUP,
  emitter: bridge,
  sequence: 0,
  dstChainId: L1,
  payload: { kind: 'transfer', token: rsEthL1, amount: 5n, recipient: address('alice') },
}
const digest = messageDigest(message)

/** A tree with one leaf: every sibling is the root of an empty subtree. */
const siblings = emptySubtrees.slice(0, 32)
const path = siblings.map((sibling) => bytesToHex(sibling) as Hash32)
const root = bytesToHex(siblings.reduce(nodeHash, leafHash(digest))) as Hash32

type Step = readonly [second: number, event: ChainEvent]
const proposed = (at: number, change: object = {}): Step => [
  at,
  {
    kind: 'bundle-proposed',
    bridge,
    bundle: 0,
    lanes: [{ srcChainId: ROLLUP, emitter: bridge, from: 0, to: 0 }],
    count: 1,
    root,
    proposer: address('relayer'),
    openUntil: GENESIS_SECONDS + at + LIVENESS,
    ...change,
  },
]
const disputed = (at: number): Step => [
  at,
  {
    kind: 'bundle-disputed',
    bridge,
    bundle: 0,
    disputer: address('v1'),
    ruledFrom: GENESIS_SECONDS + at + 3_600,
  },
]
const ruled = (at: number, upheld: boolean): Step => [
  at,
  { kind: 'bundle-ruled', bridge, bundle: 0, upheld, winner: address('v1') },
]
const delivered = (at: number): Step => [
  at,
  { kind: 'message-delivered', message, digest, evidence: { kind: 'bundle', bundle: 0 } },
]

/** Ids that the steps break; the delivery's call carries this path. */
function broken(steps: readonly Step[], { undo = 0, way = path, batch = false } = {}): string[] {
  const tally = new Tally()
  const index = new NetworkIndex(optimistic)
  const rules = new BundleRules(tally, index, new FlawBook(optimistic))
  const chain = index.chains.get(L1)!
  const single = { kind: 'deliver', message, proof: { kind: 'bundle', bundle: 0, leaf: 0, path: way } }
  const together = { kind: 'bundle', bundle: 0, leaves: [0], siblings: way }
  const call = batch ? { kind: 'deliver-batch', messages: [message], proof: together } : single
  const run = ([second, event]: Step): void => {
    const timestamp = GENESIS_SECONDS + second
    const block = { header: { number: second } }
    const scope = {
      chain,
      block,
      timestamp,
      atMs: timestamp * 1_000,
      transaction: { call },
    } as unknown as Scope
    if (event.kind === 'bundle-proposed') rules.proposed(scope, event)
    else if (event.kind === 'bundle-disputed') rules.disputed(scope, event)
    else if (event.kind === 'bundle-ruled') rules.ruled(scope, event)
    else if (event.kind === 'message-delivered' && event.evidence.kind === 'bundle')
      rules.delivered(scope, event, event.evidence)
  }
  for (const step of steps) run(step)
  for (const [, event] of [...steps].reverse().slice(0, undo)) rules.undo(chain, event)
  if (undo > 0) for (const step of steps.slice(-undo)) run(step)
  return [...new Set(tally.broken.map(({ id }) => id))]
}

describe('bundles in the audit', () => {
  it('are believed after their liveness, or when they are upheld', () => {
    expect(broken([proposed(12), delivered(12 + LIVENESS + 1)])).toEqual([])
    expect(broken([proposed(12), disputed(600), ruled(4_200, true), delivered(4_201)])).toEqual([])
    expect(broken([proposed(12), delivered(12 + LIVENESS + 1)], { batch: true })).toEqual([])
  })

  it.each<[string, Step[]]>([
    ['a message is believed in the last second of the liveness', [proposed(12), delivered(12 + LIVENESS)]],
    ['a message of a disputed bundle is believed', [proposed(12), disputed(600), delivered(9_000)]],
    [
      'a message of a rejected bundle is believed',
      [proposed(12), disputed(600), ruled(4_200, false), delivered(9_000)],
    ],
    ['a dispute comes too late', [proposed(12), disputed(12 + LIVENESS + 1)]],
    ['a ruling comes too early', [proposed(12), disputed(600), ruled(4_199, true)]],
    ['a bundle says that it is open for less', [proposed(12, { openUntil: GENESIS_SECONDS + 100 })]],
    ['a number is left out', [proposed(12, { bundle: 3 })]],
  ])('break O-11 when %s', (_what, steps) => {
    expect(broken(steps)).toEqual(['O-11'])
  })

  it.each<[string, Step[], Hash32[]]>([
    ['nobody proposed it', [delivered(9_000)], path],
    ['a stranger proposed it', [proposed(12, { proposer: address('alice') })], path],
    ['the way leads to another root', [proposed(12), delivered(9_000)], [...path].reverse()],
    ['the way is too short', [proposed(12), delivered(9_000)], path.slice(1)],
    ['its place is beyond the bundle', [proposed(12, { count: 0 }), delivered(9_000)], path],
  ])('break S-6 when a message is believed and %s', (_what, steps, way) => {
    expect(broken(steps, { way })).toEqual(['S-6'])
    expect(broken(steps, { way, batch: true })).toEqual(['S-6'])
  })

  it('are taken back with their blocks', () => {
    expect(broken([proposed(12), disputed(600), ruled(4_200, true)], { undo: 2 })).toEqual([])
    expect(broken([proposed(12), disputed(600)], { undo: 2 })).toEqual([])
  })
})
