// The whole door for one frame: inspection, signatures, and blame for what is refused. What passes is a message that
// the node may see.

import type { Severity } from '../penalty-ledger.ts'
import type { NetworkLimits } from '../profile.ts'
import type { Blame } from './blame.ts'
import { DigestCache } from './digest-cache.ts'
import type { Inspector, Lane } from './inspection.ts'
import type { MessageDoor } from './message-door.ts'
import type { SignatureChecks, SignatureOutcome } from './signature-checks.ts'

export type GossipVerdict = 'accept' | 'ignore' | 'reject'

export interface DoorkeeperOptions<M> {
  readonly limits: NetworkLimits
  readonly inspector: Inspector<M>
  readonly door: MessageDoor<M>
  readonly signatures: SignatureChecks
  readonly blame: Blame
  readonly forgerySeverity: (message: M) => Severity
  readonly count: (name: string) => void
}

/** Keeps one node's door. */
export class Doorkeeper<M> {
  readonly #options: DoorkeeperOptions<M>
  /** Judged gossip by content, for longer than gossipsub remembers. */
  readonly #judged: DigestCache<GossipVerdict>

  constructor(options: DoorkeeperOptions<M>) {
    this.#options = options
    this.#judged = new DigestCache(options.limits.digestsRemembered, options.limits.digestTtlMs)
  }

  /** What needs no waiting, for gossip with this content digest. */
  inspectGossip(
    peerId: string,
    topic: string,
    data: Uint8Array,
    digest: string,
  ): { readonly verdict: GossipVerdict; readonly message: M | null } {
    const { inspector, limits, blame } = this.#options
    const before = this.#judged.get(digest, Date.now())
    if (before === 'reject') this.reject(peerId, topic, 'rejected-before')
    if (before !== undefined) return { verdict: before === 'reject' ? 'reject' : 'ignore', message: null }
    const inspection = inspector.inspect(data, { via: 'gossip', topic }, limits.gossipBytes)
    if (inspection.ok) return { verdict: 'accept', message: inspection.message }
    blame.refuse({ peerId, lane: topic, ...inspection }, inspection.severity)
    return { verdict: inspection.verdict, message: null }
  }

  /** The last word on gossip of this content; overload is no judgement. */
  judge(digest: string, verdict: GossipVerdict): void {
    this.#judged.set(digest, verdict, Date.now())
  }

  /** The whole door for what does not come by gossip; null when it was refused. */
  async admit(peerId: string, lane: Exclude<Lane, { via: 'gossip' }>, body: Uint8Array): Promise<M | null> {
    const { inspector, limits, blame } = this.#options
    const maxBytes = lane.via === 'reply' ? limits.replyBytes : limits.requestBytes
    const inspection = inspector.inspect(body, lane, maxBytes)
    if (!inspection.ok) {
      blame.refuse({ peerId, lane: lane.via, ...inspection }, inspection.severity)
      return null
    }
    const outcome = await this.verify(peerId, lane.via, inspection.message)
    return outcome === 'valid' ? inspection.message : null
  }

  /** Checks the signatures of a message that passed inspection. */
  async verify(peerId: string, lane: string, message: M): Promise<SignatureOutcome> {
    const { door, signatures, blame, forgerySeverity, count } = this.#options
    const claims = door.signatures(message)
    if (claims.length === 0) return 'valid'
    const outcome = await signatures.check(claims)
    if (outcome === 'overloaded') count('door.overloaded')
    if (outcome === 'invalid') {
      blame.refuse({ peerId, lane, verdict: 'reject', reason: 'bad-signature' }, forgerySeverity(message))
    }
    return outcome
  }

  /** The node itself found the sender at fault. */
  reject(peerId: string, lane: string, reason: string): void {
    this.#options.blame.refuse({ peerId, lane, verdict: 'reject', reason }, 'low')
  }

  /** Ends the workers. */
  close(): Promise<void> {
    return this.#options.signatures.close()
  }

  /** A fault below messages: frames, lengths, rates. */
  blame(peerId: string, severity: Severity, reason: string): void {
    this.#options.blame.blame(peerId, severity, reason)
  }
}
