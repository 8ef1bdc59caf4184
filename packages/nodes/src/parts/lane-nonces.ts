// The nonces of one account on one chain: which were signed, and which blocks have used.

export class LaneNonces {
  #next = 0
  /** All nonces below are in blocks, or were. */
  #usedBelow = 0

  /** The one that was signed last. */
  get newest(): number {
    return this.#next - 1
  }

  /** The next to sign, when so many are left out. */
  after(skipped: number): number {
    return this.#next + skipped
  }

  /** It was signed; true when none above it was. */
  signed(nonce: number): boolean {
    const isNewest = nonce >= this.#next
    if (isNewest) this.#next = nonce + 1
    return isNewest
  }

  /** A block has it, whoever signed it. */
  used(nonce: number): void {
    this.#usedBelow = Math.max(this.#usedBelow, nonce + 1)
    this.signed(nonce)
  }

  /** The newest is given up; false for any other, which others follow. */
  giveBack(nonce: number): boolean {
    if (nonce !== this.newest) return false
    this.#next--
    return true
  }

  /** Those that nothing has: what was signed above them waits until they are used. */
  missing(has: (nonce: number) => boolean): number[] {
    const missing: number[] = []
    for (let nonce = this.#usedBelow; nonce < this.#next; nonce++) if (!has(nonce)) missing.push(nonce)
    return missing
  }
}
