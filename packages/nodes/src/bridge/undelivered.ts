// Messages that a verifier takes for true and that are not on their destination chain yet, with what it has signed of them:
// said again until they are delivered, and signed again when another set of verifiers takes over there.
import type { ChainId } from '@solvent/primitives'
import { type BridgeMessage, type MessageKey, messageKey, type SignedAttestation } from '@solvent/protocol'

interface Waiting {
  readonly message: BridgeMessage
  /** Null where this verifier was in no set that could sign. */
  signed: SignedAttestation | null
  tries: number
  nextAtMs: number
}

const RESEND_MS = 120_000
const RESEND_CAP_MS = 1_800_000
const MAX_UNDELIVERED = 10_000

export class Undelivered {
  readonly #waiting = new Map<MessageKey, Waiting>()

  /** A message is believed; nothing has been signed of it yet. */
  add(message: BridgeMessage): void {
    const key = messageKey(message)
    if (this.#waiting.has(key)) return
    this.#waiting.set(key, { message, signed: null, tries: 0, nextAtMs: Number.POSITIVE_INFINITY })
    if (this.#waiting.size > MAX_UNDELIVERED)
      this.#waiting.delete(this.#waiting.keys().next().value as MessageKey)
  }

  /** A signature of it has left. */
  signed(signed: SignedAttestation, nowMs: number): void {
    this.add(signed.message)
    const waiting = this.#waiting.get(messageKey(signed.message))
    if (waiting === undefined) return
    waiting.signed = signed
    waiting.tries = 0
    waiting.nextAtMs = nowMs + RESEND_MS
  }

  delete(key: MessageKey): void {
    this.#waiting.delete(key)
  }

  has(key: MessageKey): boolean {
    return this.#waiting.has(key)
  }

  /** What waits for one chain. */
  towards(chainId: ChainId): BridgeMessage[] {
    return [...this.#waiting.values()].flatMap(({ message }) =>
      message.dstChainId === chainId ? [message] : [],
    )
  }

  /** What is to be said again now; the next time later. */
  takeDue(nowMs: number): SignedAttestation[] {
    const due: SignedAttestation[] = []
    for (const each of this.#waiting.values()) {
      if (each.signed === null || each.nextAtMs > nowMs) continue
      each.tries++
      each.nextAtMs = nowMs + Math.min(RESEND_MS << Math.min(each.tries, 4), RESEND_CAP_MS)
      due.push(each.signed)
    }
    return due
  }
}
