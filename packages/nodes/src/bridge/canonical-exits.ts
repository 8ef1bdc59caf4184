// A rollup's own bridge as a source of proofs. Down to the rollup, messages are proven under headers of the L1, as by a
// light client. Up to the L1, a message is ready when a root at or above its block, which says what the rollup's own
// header says, has stood for the challenge window, or its proof for the execution delay. The contract asks for no more; who
// hands in waits until the block is final too, or a re-org of the L1 could take the batch back under the exit (O-3, O-11).
import type { Ports } from '@solvent/ports'
import { type ChainId, type Hash32, secondsToMs } from '@solvent/primitives'
import {
  type Block,
  type BridgeMessage,
  type ChainSpec,
  messageDigest,
  type NetworkSpec,
  type SolventVocabulary,
} from '@solvent/protocol'
import { type ChainView, OutboxLeaves, type OutboxPath } from '@solvent/settlement'
import type { AttestationSource, AttestationSourceInit, Readiness } from './attestation-source.ts'
import { type DeliveryMarket, deliveryCost } from './delivery-cost.ts'
import { type FollowedHeader, SourceOutbox } from './source-outbox.ts'

export interface CanonicalExitsInit extends AttestationSourceInit {
  readonly spec: NetworkSpec
  /** The way down. */
  readonly headers: AttestationSource
  readonly view: ChainView
  readonly sender: DeliveryMarket
}

/** A root on the L1 that has not been disproved. */
interface StandingRoot {
  readonly block: number
  readonly outboxRoot: Hash32
  readonly postedAt: number
  /** The L1 block that holds it. */
  readonly l1Hash: Hash32
}

/** A message under a root. */
interface Provable {
  readonly root: StandingRoot
  readonly header: Hash32
  readonly way: OutboxPath
}

interface Rollup {
  readonly chain: ChainSpec
  readonly outbox: SourceOutbox
  /** In the order of their blocks. */
  roots: StandingRoot[]
  /** Told by a data source and not seen: each may be all that a wrong root holds. */
  readonly reported: Set<Hash32>
  /** Messages that wait for a root. */
  readonly pending: Map<Hash32, BridgeMessage>
}

/** Makes the source of a rollup's own bridge; it serves every rollup of the network. */
export function createCanonicalExits(
  { spec, headers, view, sender, onNews }: CanonicalExitsInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock'>,
): AttestationSource {
  const rollups = new Map<ChainId, Rollup>()
  for (const chain of spec.chains) {
    if (chain.consensus.kind === 'l1') continue
    rollups.set(chain.chainId, {
      chain,
      outbox: new SourceOutbox(),
      roots: [],
      reported: new Set(),
      pending: new Map(),
    })
  }

  /** What an L1 block says of roots. */
  function readRoots({ header, hash, receipts }: Block): void {
    for (const { events } of receipts) {
      for (const event of events) {
        if (event.kind === 'root-posted' || event.kind === 'proof-posted') {
          const { block, outboxRoot } = event
          const rollup = rollups.get(event.rollup)
          rollup?.roots.push({ block, outboxRoot, postedAt: header.timestamp, l1Hash: hash })
          for (const message of rollup?.pending.values() ?? []) onNews(message)
        } else if (event.kind === 'roots-deleted' || event.kind === 'roots-reset') {
          const rollup = rollups.get(event.rollup)
          if (rollup !== undefined) rollup.roots = rollup.roots.filter(({ block }) => block < event.fromBlock)
        }
      }
    }
  }

  /** The oldest root that covers a place of the outbox and says what the header there says. */
  function rootFor(
    { outbox, roots }: Rollup,
    place: number,
  ): { root: StandingRoot; at: FollowedHeader } | null {
    const sentIn = outbox.headers[place]?.signed.header.number ?? 0
    for (const root of roots) {
      if (root.block < sentIn) continue
      const at = outbox.headers.find(({ signed }) => signed.header.number === root.block)
      if (at !== undefined && at.signed.header.outboxRoot === root.outboxRoot) return { root, at }
    }
    return null
  }

  /** A message that only a data source knows of, under the first root that holds nothing else. */
  function falseRootFor({ outbox, roots }: Rollup, digest: Hash32): Provable | null {
    const leaves = new OutboxLeaves()
    leaves.append(digest)
    const root = roots.find(({ outboxRoot }) => outboxRoot === leaves.root(1))
    const at = outbox.headers.find(({ signed }) => signed.header.number === root?.block)
    return root === undefined || at === undefined
      ? null
      : { root, header: at.hash, way: { leaf: 0, path: leaves.path(0, 1) } }
  }

  function provable(rollup: Rollup, digest: Hash32): Provable | 'unseen' | null {
    const place = rollup.outbox.placeOfMessage(digest)
    if (place === undefined) return rollup.reported.has(digest) ? falseRootFor(rollup, digest) : 'unseen'
    const found = rootFor(rollup, place)
    if (found === null) return null
    return { root: found.root, header: found.at.hash, way: rollup.outbox.path(digest, found.at) }
  }

  function exitReadiness(rollup: Rollup, message: BridgeMessage): Readiness {
    const digest = messageDigest(message)
    const found = provable(rollup, digest)
    if (found === 'unseen') return { status: 'waiting', reason: 'not-yet-provable', untilMs: null }
    rollup.pending.set(digest, message)
    if (found === null) return { status: 'waiting', reason: 'no-root', untilMs: null }
    const l1 = spec.chains.find(({ chainId }) => chainId === message.dstChainId)
    const overMs = secondsToMs(found.root.postedAt) + waitMsOf(rollup.chain) + (l1?.slotMs ?? 0)
    if (ports.clock.nowMs() < overMs)
      return { status: 'waiting', reason: 'challenge-window', untilMs: overMs }
    if (found.root.block > view.finalized(rollup.chain.chainId))
      return { status: 'waiting', reason: 'not-final', untilMs: null }
    rollup.pending.delete(digest)
    const { root, header, way } = found
    const proof = { kind: 'rollup-root', block: root.block, header, ...way } as const
    return { status: 'ready', proof, cost: deliveryCost(sender, message, proof) }
  }

  return {
    ...headers,
    report(message) {
      rollups.get(message.srcChainId)?.reported.add(messageDigest(message))
      onNews(message)
    },
    onBlock(block) {
      headers.onBlock(block)
      rollups.get(block.header.chainId)?.outbox.add(block)
      readRoots(block)
    },
    onOrphaned(block) {
      headers.onOrphaned(block)
      rollups.get(block.header.chainId)?.outbox.remove(block)
      for (const rollup of rollups.values())
        rollup.roots = rollup.roots.filter(({ l1Hash }) => l1Hash !== block.hash)
    },
    onFinality(chainId) {
      headers.onFinality(chainId)
      for (const message of rollups.get(chainId)?.pending.values() ?? []) onNews(message)
    },
    readiness(message) {
      const rollup = rollups.get(message.srcChainId)
      if (rollup === undefined) return headers.readiness(message)
      const { consensus } = rollup.chain
      if (consensus.kind === 'l1' || consensus.l1 !== message.dstChainId)
        return { status: 'impossible', reason: 'not-the-l1-of-the-rollup' }
      return exitReadiness(rollup, message)
    },
  }
}

/** From a root to the moment from which exits may rely on it. */
function waitMsOf({ consensus }: ChainSpec): number {
  if (consensus.kind === 'l1') return 0
  return consensus.kind === 'optimistic' ? consensus.challengeWindowMs : consensus.executionDelayMs
}
