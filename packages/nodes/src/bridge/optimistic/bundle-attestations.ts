// An optimistic bridge as a source of proofs: a message is ready when a bundle that holds it has stood its liveness
// undisputed, or was upheld. The tree is made from the source chains as this node has read them.
import type { Ports } from '@solvent/ports'
import { type Hash32, secondsToMs } from '@solvent/primitives'
import {
  type BridgeMessage,
  messageDigest,
  type NetworkSpec,
  type OptimisticVerification,
  type SolventVocabulary,
} from '@solvent/protocol'
import type { OutboxLeaves } from '@solvent/settlement'
import type { AttestationSource, AttestationSourceInit, Readiness } from '../attestation-source.ts'
import { deafSource } from '../attestation-source.ts'
import { type DeliveryMarket, deliveryCost } from '../delivery-cost.ts'
import type { BundleBook, KnownBundle } from './bundle-book.ts'
import { bundleTree, type MessageIndex } from './message-index.ts'

export interface BundleAttestationsInit extends AttestationSourceInit {
  readonly spec: NetworkSpec
  readonly verification: OptimisticVerification
  readonly sender: DeliveryMarket
  readonly index: MessageIndex
  readonly book: BundleBook
}

export interface BundleAttestations extends AttestationSource {
  /** A bundle was proposed, disputed or ruled on: its messages have news. */
  onBundle(bundle: KnownBundle): void
}

/** A bundle's tree and where each message stands in it. */
interface Tree {
  readonly messages: readonly BridgeMessage[]
  readonly leaves: OutboxLeaves
  readonly places: ReadonlyMap<Hash32, number>
}

interface Carrier {
  readonly bundle: KnownBundle
  readonly tree: Tree
  readonly leaf: number
}

/** Trees remembered at most. */
const MAX_TREES = 256

/** Makes the source of an optimistic bridge; the node feeds index and book. */
export function createBundleAttestations(
  { spec, verification, sender, index, book, onNews }: BundleAttestationsInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock'>,
): BundleAttestations {
  /** Trees of bundles that were made once: a bundle never changes, and its root says that the tree is its own. */
  const made = new Map<KnownBundle, Tree>()

  /** The bundle's tree, or null while this node cannot make it. */
  function treeOf(bundle: KnownBundle): Tree | null {
    const known = made.get(bundle)
    if (known !== undefined) return known
    const messages = index.inLanes(bundle.chainId, bundle.lanes)
    const leaves = bundleTree(messages)
    if (messages.length !== bundle.count || leaves.root(bundle.count) !== bundle.root) return null
    const places = new Map(messages.map((message, place) => [messageDigest(message), place]))
    const tree = { messages, leaves, places }
    if (made.size >= MAX_TREES) made.delete(made.keys().next().value as KnownBundle)
    made.set(bundle, tree)
    return tree
  }

  /** The bundle that carries a message: one that stands before one that is open before one that is disputed, the oldest first. */
  function carrierOf(message: BridgeMessage): Carrier | null {
    const digest = messageDigest(message)
    const rank = { upheld: 0, open: 1, disputed: 2, rejected: 3 } as const
    const candidates = book
      .on(message.dstChainId)
      .filter((bundle) => book.status(bundle) !== 'rejected' && isIn(bundle, message))
      .sort((a, b) => rank[book.status(a)] - rank[book.status(b)] || a.bundle - b.bundle)
    for (const bundle of candidates) {
      const tree = treeOf(bundle)
      const leaf = tree?.places.get(digest)
      if (tree !== null && leaf !== undefined) return { bundle, tree, leaf }
    }
    return null
  }

  function readiness(message: BridgeMessage): Readiness {
    const carrier = carrierOf(message)
    if (carrier === null) return { status: 'waiting', reason: 'no-bundle', untilMs: null }
    const { bundle, tree, leaf } = carrier
    const status = book.status(bundle)
    if (status === 'disputed') return { status: 'waiting', reason: 'disputed', untilMs: null }
    const chain = spec.chains.find(({ chainId }) => chainId === bundle.chainId)
    // The first block in which the liveness is over.
    const overMs = secondsToMs(bundle.openUntil + 1) + (chain?.slotMs ?? 0)
    if (status === 'open' && ports.clock.nowMs() < overMs)
      return { status: 'waiting', reason: 'challenge-window', untilMs: overMs }
    const path = tree.leaves.path(leaf, bundle.count)
    const proof = { kind: 'bundle', bundle: bundle.bundle, leaf, path } as const
    const bond = book.isBonded(bundle) ? verification.bond : 0n
    return { status: 'ready', proof, cost: deliveryCost(sender, message, proof, { bond }) }
  }

  return {
    ...deafSource,
    readiness,
    onBundle(bundle) {
      // A message that its own proposer has come to doubt is in the tree all the same, and may be upheld.
      const messages = made.get(bundle)?.messages ?? index.inLanes(bundle.chainId, bundle.lanes)
      for (const message of messages) onNews(message)
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
