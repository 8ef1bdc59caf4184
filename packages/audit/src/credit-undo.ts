// Writes of the credit rules, block by block, so that an orphaned block is taken back exactly.

export class WriteLog {
  readonly #blocks: { readonly hash: string; readonly takeBacks: (() => void)[] }[] = []

  /** Notes how to take a write of this block back. */
  note(hash: string, takeBack: () => void): void {
    const last = this.#blocks.at(-1)
    if (last?.hash === hash) last.takeBacks.push(takeBack)
    else this.#blocks.push({ hash, takeBacks: [takeBack] })
  }

  undo(hash: string): void {
    const last = this.#blocks.at(-1)
    if (last?.hash !== hash) return
    this.#blocks.pop()
    for (const takeBack of last.takeBacks.reverse()) takeBack()
  }
}
