// Writes of rules, block by block, so that an orphaned block is taken back exactly. Blocks of one chain are orphaned newest first; those of
// other chains have nothing to do with it.

export class WriteLog {
  readonly #blocks = new Map<string, (() => void)[]>()

  /** Notes how to take a write of this block back. */
  note(hash: string, takeBack: () => void): void {
    const known = this.#blocks.get(hash)
    if (known === undefined) this.#blocks.set(hash, [takeBack])
    else known.push(takeBack)
  }

  undo(hash: string): void {
    const takeBacks = this.#blocks.get(hash)
    if (takeBacks === undefined) return
    this.#blocks.delete(hash)
    for (const takeBack of takeBacks.reverse()) takeBack()
  }
}
