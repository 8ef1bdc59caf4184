// The checks of one frame that need no cryptography, cheapest first: length, limited decode with schema and
// canonical bytes, lane (may this kind of message travel this way), domain, expiry, authority.
import { isSolventError } from '@solvent/primitives'
import type { Severity } from '../penalty-ledger.ts'
import type { MessageCodec } from '../wire-codec.ts'
import type { DoorVerdict, MessageDoor } from './message-door.ts'

/** How a message came: a gossip topic, or one of the exchange's kinds. */
export type Lane =
  | { readonly via: 'gossip'; readonly topic: string }
  | { readonly via: 'direct' | 'request' | 'reply' }

/** Which messages may travel which way. */
export type LaneRule<M> = (lane: Lane, message: M) => boolean

export type Inspection<M> =
  | { readonly ok: true; readonly message: M }
  | {
      readonly ok: false
      readonly verdict: 'ignore' | 'reject'
      readonly reason: string
      readonly severity: Severity
    }

export interface InspectorOptions<M> {
  readonly codec: MessageCodec<M>
  readonly door: MessageDoor<M>
  readonly fits: LaneRule<M>
  /** The node's virtual time, ms. */
  readonly nowMs: () => number
  /** Virtual ms of a slow machine or a skewed clock, see `NetworkLimits.expiryGraceMs`. */
  readonly graceMs: number
}

/** Inspects frames for one node. */
export class Inspector<M> {
  readonly #options: InspectorOptions<M>

  constructor(options: InspectorOptions<M>) {
    this.#options = options
  }

  inspect(bytes: Uint8Array, lane: Lane, maxBytes: number): Inspection<M> {
    if (bytes.length > maxBytes) return refused('too-large')
    let message: M
    try {
      message = this.#options.codec.decode(bytes)
    } catch (error) {
      const code = isSolventError(error) ? error.code : 'E_MALFORMED'
      return refused(reasonOf(code), code === NEWER ? 'ignore' : 'reject')
    }
    if (!this.#options.fits(lane, message)) return refused('wrong-lane')
    const verdict = this.#precheck(message)
    return verdict.ok ? { ok: true, message } : verdict
  }

  /**
   * A relay on a loaded machine must not be blamed for an accelerated clock, nor a network for one node's skewed
   * one: what would have been in time a little earlier or later is ignored, not rejected.
   */
  #precheck(message: M): DoorVerdict {
    const { door, nowMs, graceMs } = this.#options
    const atMs = nowMs()
    const verdict = door.precheck(message, atMs)
    if (verdict.ok || verdict.verdict === 'ignore') return verdict
    const isPassable = (shiftMs: number): boolean => {
      const shifted = door.precheck(message, atMs + shiftMs)
      return shifted.ok || shifted.verdict === 'ignore'
    }
    return isPassable(-graceMs) || isPassable(graceMs) ? { ...verdict, verdict: 'ignore' } : verdict
  }
}

/** A message type that only newer nodes know (A21): a mixed network must not blame them for it. */
const NEWER = 'E_UNKNOWN_TYPE'

function refused(reason: string, verdict: 'ignore' | 'reject' = 'reject'): Inspection<never> {
  return { ok: false, verdict, reason, severity: 'low' }
}

/** `E_NON_CANONICAL` → `non-canonical`. */
function reasonOf(code: string): string {
  return code.slice(2).toLowerCase().replaceAll('_', '-')
}
