// Optimistic bridges, by the audit's own account: a bundle is open to dispute for the bridge's liveness, a disputed one
// waits for the arbiter, and a message is believed only when its digest leads to the root of a bundle that stands
// (S-6) and not before the bundle stood its liveness (O-11: proposal + window). Times are Unix seconds of the chain.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import {
  type ChainEvent,
  type DeliveryEvidence,
  messageDigest,
  type OptimisticVerification,
} from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { FlawBook } from './flaw-book.ts'
import { type HandedIn, handedIn } from './handed-in.ts'
import type { InvariantId } from './invariant-id.ts'
import { rootOfPath, rootOfPaths } from './merkle-path.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
type BundleEvidence = Extract<DeliveryEvidence, { kind: 'bundle' }>

interface Bundle {
  readonly root: Hash32
  readonly count: number
  readonly proposedAt: number
  readonly openUntil: number
  disputedAt: number | null
  ruling: 'upheld' | 'rejected' | null
}

export class BundleRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #flaws: FlawBook
  /** Per bridge and chain, by number. */
  readonly #bundles = new Map<string, Bundle[]>()

  constructor(tally: Tally, index: NetworkIndex, flaws: FlawBook) {
    this.#tally = tally
    this.#index = index
    this.#flaws = flaws
  }

  proposed(
    scope: Scope,
    { bridge, bundle, root, count, proposer, openUntil }: Event<'bundle-proposed'>,
  ): void {
    const { chain, timestamp } = scope
    const rules = this.#rulesOf(bridge)
    const list = this.#listOf(chain.chainId, bridge)
    this.#tally.checked['O-11']++
    if (rules === null) return this.#breach('O-11', scope, `bridge ${bridge} is not optimistic`)
    if (bundle !== list.length) this.#breach('O-11', scope, `bundle ${bundle} after ${list.length - 1}`)
    if (openUntil !== timestamp + rules.livenessSeconds)
      this.#breach('O-11', scope, `bundle ${bundle} is open until ${openUntil}, proposed at ${timestamp}`)
    if (!rules.proposers.some(({ address }) => address === proposer))
      this.#breach('S-6', scope, `bundle ${bundle} was proposed by ${proposer}, who is no proposer`)
    const proposedAt = timestamp
    list.push({
      root,
      count,
      proposedAt,
      openUntil: proposedAt + rules.livenessSeconds,
      disputedAt: null,
      ruling: null,
    })
  }

  disputed(scope: Scope, { bridge, bundle }: Event<'bundle-disputed'>): void {
    const known = this.#listOf(scope.chain.chainId, bridge)[bundle]
    this.#tally.checked['O-11']++
    if (known === undefined)
      return this.#breach('O-11', scope, `bundle ${bundle} was disputed, never proposed`)
    if (known.disputedAt !== null || scope.timestamp > known.openUntil)
      this.#breach('O-11', scope, `bundle ${bundle}, open until ${known.openUntil}, was disputed`)
    known.disputedAt = scope.timestamp
  }

  ruled(scope: Scope, { bridge, bundle, upheld }: Event<'bundle-ruled'>): void {
    const known = this.#listOf(scope.chain.chainId, bridge)[bundle]
    const rules = this.#rulesOf(bridge)
    this.#tally.checked['O-11']++
    const from = (known?.disputedAt ?? Number.POSITIVE_INFINITY) + (rules?.arbitrationSeconds ?? 0)
    if (known === undefined || known.ruling !== null || scope.timestamp < from)
      this.#breach('O-11', scope, `bundle ${bundle} was ruled on, which may be from ${from} on`)
    if (known !== undefined) known.ruling = upheld ? 'upheld' : 'rejected'
  }

  /** A message was believed because of a bundle. */
  delivered(scope: Scope, event: Event<'message-delivered'>, { bundle }: BundleEvidence): void {
    const { chainId } = scope.chain
    const { bridge } = event.message
    const known = this.#listOf(chainId, bridge)[bundle]
    this.#tally.checked['S-6']++
    this.#tally.checked['O-11']++
    if (known === undefined) return this.#breach('S-6', scope, `bundle ${bundle} was never proposed`)
    const stands =
      known.ruling === 'upheld' || (known.disputedAt === null && scope.timestamp > known.openUntil)
    if (!stands) {
      const status =
        known.ruling ?? (known.disputedAt === null ? `open until ${known.openUntil}` : 'disputed')
      this.#breach('O-11', scope, `a message of bundle ${bundle}, which is ${status}, was believed`)
    }
    if (this.#flaws.has(chainId, bridge, 'proof-unchecked')) return
    const given = handedIn(scope.transaction?.call, event.digest)
    if (given === null || !isUnder(known, event.digest, given))
      this.#breach('S-6', scope, `message ${event.digest} does not lead to the root of bundle ${bundle}`)
  }

  /** Takes an event of an orphaned block back. */
  undo({ chainId }: ChainRecord, event: ChainEvent): void {
    if (event.kind === 'bundle-proposed') this.#listOf(chainId, event.bridge).pop()
    if (event.kind !== 'bundle-disputed' && event.kind !== 'bundle-ruled') return
    const known = this.#listOf(chainId, event.bridge)[event.bundle]
    if (known === undefined) return
    if (event.kind === 'bundle-disputed') known.disputedAt = null
    else known.ruling = null
  }

  #rulesOf(bridge: Address): OptimisticVerification | null {
    const verification = this.#index.bridges.get(bridge)?.verification
    return verification?.kind === 'optimistic' ? verification : null
  }

  #listOf(chainId: ChainId, bridge: Address): Bundle[] {
    const key = `${chainId}/${bridge}`
    const known = this.#bundles.get(key) ?? []
    this.#bundles.set(key, known)
    return known
  }

  #breach(id: InvariantId, scope: Scope, detail: string): void {
    this.#tally.breach(id, scope.atMs, scope.chain.chainId, `block ${scope.block.header.number}: ${detail}`)
  }
}

/** Whether what was handed in leads from the digest to a place of the bundle. */
function isUnder({ root, count }: Bundle, digest: Hash32, given: HandedIn): boolean {
  if (given.by === 'itself') {
    const { proof } = given
    return proof.kind === 'bundle' && proof.leaf < count && rootOfPath(digest, proof) === root
  }
  const { proof, messages, place } = given
  if (proof.kind !== 'bundle' || (proof.leaves[place] ?? count) >= count) return false
  return rootOfPaths(messages.map(messageDigest), proof) === root
}
