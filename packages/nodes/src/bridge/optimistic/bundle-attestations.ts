// An optimistic bridge as a source of proofs: a message is ready when a bundle that holds it has stood its liveness
// undisputed, or was upheld. The tree is made from the source chains as this node has read them.
import type { Ports } from '@solvent/ports'
import { secondsToMs } from '@solvent/primitives'
import {
  type BridgeMessage,
  messageDigest,
  type NetworkSpec,
  type SolventVocabulary,
} from '@solvent/protocol'
import type { AttestationSource, AttestationSourceInit, Readiness } from '../attestation-source.ts'
import { deafSource } from '../attestation-source.ts'
import { deliveryCost } from '../delivery-cost.ts'
import type { BundleBook, KnownBundle } from './bundle-book.ts'
import { bundleTree, type MessageIndex } from './message-index.ts'

export interface BundleAttestationsInit extends AttestationSourceInit {
  readonly spec: NetworkSpec
  readonly index: MessageIndex
  readonly book: BundleBook
}

export interface BundleAttestations extends AttestationSource {
  /** A bundle was proposed, disputed or ruled on: its messages have news. */
  onBundle(bundle: KnownBundle): void
}

/** Makes the source of an optimistic bridge; the node feeds index and book. */
export function createBundleAttestations(
  { spec, index, book, onNews }: BundleAttestationsInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock'>,
): BundleAttestations {
  /** The newest bundle that may carry a message, and the message's place in it. */
  function carrierOf(
    message: BridgeMessage,
  ): { bundle: KnownBundle; messages: BridgeMessage[]; leaf: number } | null {
    const digest = messageDigest(message)
    const candidates = book
      .on(message.dstChainId)
      .filter((bundle) => book.status(bundle) !== 'rejected' && isIn(bundle, message))
    // One that stands already, before one that is open, before one that is disputed; the oldest of its kind.
    const rank = { upheld: 0, open: 1, disputed: 2, rejected: 3 } as const
    candidates.sort((a, b) => rank[book.status(a)] - rank[book.status(b)] || a.bundle - b.bundle)
    for (const bundle of candidates) {
      const messages = index.inLanes(bundle.chainId, bundle.lanes)
      const leaf = messages.findIndex((each) => messageDigest(each) === digest)
      if (leaf < 0 || messages.length !== bundle.count) continue
      if (bundleTree(messages).root(messages.length) === bundle.root) return { bundle, messages, leaf }
    }
    return null
  }

  function readiness(message: BridgeMessage): Readiness {
    const carrier = carrierOf(message)
    if (carrier === null) return { status: 'waiting', reason: 'no-bundle', untilMs: null }
    const { bundle, messages, leaf } = carrier
    const status = book.status(bundle)
    if (status === 'disputed') return { status: 'waiting', reason: 'disputed', untilMs: null }
    const chain = spec.chains.find(({ chainId }) => chainId === bundle.chainId)
    // The first block in which the liveness is over.
    const overMs = secondsToMs(bundle.openUntil + 1) + (chain?.slotMs ?? 0)
    if (status === 'open' && ports.clock.nowMs() < overMs)
      return { status: 'waiting', reason: 'challenge-window', untilMs: overMs }
    const path = bundleTree(messages).path(leaf, messages.length)
    const proof = { kind: 'bundle', bundle: bundle.bundle, leaf, path } as const
    return { status: 'ready', proof, cost: deliveryCost(spec, message, proof) }
  }

  return {
    ...deafSource,
    readiness,
    onBundle(bundle) {
      for (const message of index.inLanes(bundle.chainId, bundle.lanes)) onNews(message)
    },
  }
}

function isIn({ lanes }: KnownBundle, { srcChainId, emitter, sequence }: BridgeMessage): boolean {
  return lanes.some(
    (lane) =>
      lane.srcChainId === srcChainId &&
      lane.emitter === emitter &&
      lane.from <= sequence &&
      sequence <= lane.to,
  )
}
