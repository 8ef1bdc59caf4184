// What a node's disk does with writes: says when they are safe, is slow to say it, or takes none.

export class SimDisk {
  #stalls = 0
  #held: (() => void)[] = []
  #onRefusal: (() => void) | null = null

  /** Runs the step, which makes a write safe and says so, now or when the disk goes on. */
  whenFlowing(step: () => void): void {
    if (this.#stalls > 0) this.#held.push(step)
    else step()
  }

  /** Writes wait until the disk was told to flow as often. */
  stall(): void {
    this.#stalls += 1
  }

  flow(): void {
    this.#stalls = Math.max(0, this.#stalls - 1)
    if (this.#stalls > 0) return
    const held = this.#held
    this.#held = []
    for (const step of held) step()
  }

  /** From now on the disk takes no write; the first one is told of. */
  refuse(onRefusal: () => void): void {
    this.#onRefusal = onRefusal
  }

  accept(): void {
    this.#onRefusal = null
  }

  /** False when the disk takes no write. */
  takesWrite(): boolean {
    this.#onRefusal?.()
    return this.#onRefusal === null
  }
}
