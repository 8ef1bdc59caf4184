// What a verifier's accountant has said of each message: its amount has moved, once, however many sets sign it; or it is
// withheld, and looked at again when balances have moved.
import { type BridgeMessage, type MessageKey, messageKey } from '@solvent/protocol'
import type { Accountant } from './accountant.ts'

const MAX_REMEMBERED = 10_000

export class AccountBooks {
  readonly #accountant: Accountant | null
  readonly #onWithheld: (message: BridgeMessage) => void
  readonly #taken = new Set<MessageKey>()
  readonly #withheld = new Map<MessageKey, BridgeMessage>()

  /** @param accountant null where the bridge has none: then everything is covered */
  constructor(accountant: Accountant | null, onWithheld: (message: BridgeMessage) => void) {
    this.#accountant = accountant
    this.#onWithheld = onWithheld
  }

  /** Moves what the message carries, unless it has moved; false where its source does not have it. */
  take(message: BridgeMessage): boolean {
    if (this.#accountant === null || this.#taken.has(messageKey(message))) return true
    if (!this.#accountant.covers(message)) {
      this.#withhold(message)
      return false
    }
    this.took(message)
    return true
  }

  /** The message was signed: what it carries has moved. */
  took(message: BridgeMessage): void {
    const key = messageKey(message)
    if (this.#accountant === null || this.#taken.has(key)) return
    this.#withheld.delete(key)
    this.#taken.add(key)
    if (this.#taken.size > MAX_REMEMBERED) this.#taken.delete(this.#taken.keys().next().value as MessageKey)
    this.#accountant.apply(message)
  }

  withheld(): readonly BridgeMessage[] {
    return [...this.#withheld.values()]
  }

  #withhold(message: BridgeMessage): void {
    const key = messageKey(message)
    if (this.#withheld.has(key)) return
    if (this.#withheld.size >= MAX_REMEMBERED)
      this.#withheld.delete(this.#withheld.keys().next().value as MessageKey)
    this.#withheld.set(key, message)
    this.#onWithheld(message)
  }
}
