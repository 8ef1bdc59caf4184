// How a rollup with a delay buffer has served what its L1 took for it, and from when on anybody may force the rest in, as the audit counts
// it: in blocks of the L1. Source: nitro-contracts, DelayBuffer.sol and SequencerInbox.sol (a message may be forced in a block
// above the one that took it + min(delay, buffer); what is read replenishes and depletes the buffer).
import type { DelayBufferSpec } from '@solvent/protocol'

/** What the L1 has taken, and in which block. */
interface Awaited<T> {
  readonly of: T
  readonly takenIn: number
}

interface Reading {
  readonly read: number
  readonly buffer: number
  readonly from: number
  readonly at: number
}

export interface ServiceTerms {
  readonly buffer: DelayBufferSpec
  readonly delayMs: number
  /** Of the L1. */
  readonly slotMs: number
}

export class ForcedService<T> {
  readonly awaited: Awaited<T>[] = []
  readonly #readings: Reading[] = []
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

  take(of: T, takenIn: number): void {
    this.awaited.push({ of, takenIn })
  }

  /** Whether a batch may say that so many are read. */
  mayBatch(read: number): boolean {
    return read > this.read && read <= this.awaited.length
  }

  /** Whether somebody may have so many read in a block: there are that many, and the last of them has waited for too long. */
  mayCall(read: number, block: number): boolean {
    const last = this.awaited[read - 1]
    return read > this.read && last !== undefined && block >= this.#from(last.takenIn)
  }

  /** So many are read in a block: by a batch the oldest of them counts, by a call the last. */
  note(read: number, by: 'batch' | 'call', block: number): void {
    const of = this.awaited[by === 'batch' ? this.read : read - 1]
    const last = this.#readings.at(-1)
    const { buffer, from, at } =
      of === undefined
        ? (last ?? { buffer: this.#most, from: 0, at: 0 })
        : { buffer: this.#left(of.takenIn, last), from: of.takenIn, at: block }
    this.#readings.push({ read, buffer, from, at })
  }

  untake(): void {
    this.awaited.pop()
  }

  unread(): void {
    this.#readings.pop()
  }

  /** The first block in which one may be forced. */
  #from(takenIn: number): number {
    const left = this.#left(takenIn, this.#readings.at(-1))
    return takenIn + 1 + (left < this.#delay ? left : this.#delay)
  }

  #left(block: number, last: Reading | undefined): number {
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
