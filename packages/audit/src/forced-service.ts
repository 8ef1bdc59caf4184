// How a rollup with a delay buffer has served what its L1 forced upon it, and when the rest is due, as the audit counts it: in blocks of
// the L1. Source: nitro-contracts, DelayBuffer.sol and SequencerInbox.sol (a message may be forced in a block above
// the one that took it + min(delay, buffer); what is read replenishes and depletes the buffer).
import type { DelayBufferSpec } from '@solvent/protocol'

/** What the L1 has taken, in which block, and from which block on it may be forced. */
export interface Awaited<T> {
  readonly of: T
  readonly takenIn: number
  due: number
}

interface Reading<T> {
  readonly read: number
  readonly buffer: number
  readonly from: number
  readonly at: number
  /** What became due at another time by it, and when it had been due. */
  readonly moved: readonly { readonly awaited: Awaited<T>; readonly before: number }[]
}

export interface ServiceTerms {
  readonly buffer: DelayBufferSpec
  readonly delayMs: number
  /** Of the L1. */
  readonly slotMs: number
}

export class ForcedService<T> {
  readonly awaited: Awaited<T>[] = []
  readonly #readings: Reading<T>[] = []
  readonly #least: number
  readonly #most: number
  readonly #share: number
  readonly #delay: number

  constructor({ buffer, delayMs, slotMs }: ServiceTerms) {
    const inBlocks = (ms: number): number => (ms - (ms % slotMs)) / slotMs
    this.#least = Math.max(inBlocks(buffer.thresholdSeconds * 1_000), 1)
    this.#most = Math.max(inBlocks(buffer.maxSeconds * 1_000), 1)
    this.#share = buffer.replenishBps
    this.#delay = inBlocks(delayMs)
  }

  get read(): number {
    return this.#readings.at(-1)?.read ?? 0
  }

  /** A block of the L1 takes another; from which block on it may be forced. */
  take(of: T, takenIn: number): number {
    const due = this.#due(takenIn, this.#readings.at(-1))
    this.awaited.push({ of, takenIn, due })
    return due
  }

  /** A batch in an L1 block reads so many by its end, which lay in block `end`; what it made due at another time. */
  batch(read: number, block: number, end: number): Reading<T>['moved'] {
    let last = this.#readings.at(-1)
    for (let i = this.read; i < read; i++) {
      const { takenIn, due } = this.awaited[i]!
      const cameAlone = due <= end
      last = {
        read,
        buffer: this.#left(takenIn, last),
        from: takenIn,
        at: cameAlone ? due : block,
        moved: [],
      }
      if (!cameAlone) break
    }
    const moved: { awaited: Awaited<T>; before: number }[] = []
    if (read > this.read)
      for (const awaited of this.awaited.slice(read)) {
        const before = awaited.due
        if (before <= block) continue
        awaited.due = Math.max(this.#due(awaited.takenIn, last), block + 1)
        if (awaited.due !== before) moved.push({ awaited, before })
      }
    const state = last ?? { buffer: this.#most, from: 0, at: 0 }
    this.#readings.push({ ...state, read, moved })
    return moved
  }

  /** Whether one that a batch does not read was due by the batch's end. */
  hasSkipped(read: number, end: number): boolean {
    return this.awaited.slice(read).some(({ due }) => due <= end)
  }

  untake(): void {
    this.awaited.pop()
  }

  unbatch(): void {
    for (const { awaited, before } of this.#readings.pop()?.moved ?? []) awaited.due = before
  }

  #due(takenIn: number, last: Reading<T> | undefined): number {
    const left = this.#left(takenIn, last)
    return takenIn + 1 + (left < this.#delay ? left : this.#delay)
  }

  #left(block: number, last: Reading<T> | undefined): number {
    if (last === undefined || last.at === 0) return this.#most
    const between = block > last.from ? block - last.from : 0
    const late = last.at - last.from - this.#least
    const used = late <= 0 ? 0 : late < between ? late : between
    const gained = (between * this.#share - ((between * this.#share) % 10_000)) / 10_000
    const left = last.buffer + gained - used
    if (left < this.#least) return this.#least
    return left > this.#most ? this.#most : left
  }
}
