// Who owes whom in a network that runs, as its watcher says it again and again, and who has fallen since.
import { cascadeSummary, type NetworkObserver } from '@solvent/experiments/live'
import { frameExposure } from './frame-exposure.ts'
import { keepMoment, MOST_MOMENTS } from './kept-moments.ts'
import type { FrameExposure, FrameFall } from './run-frame.ts'

type Told = Awaited<ReturnType<NetworkObserver['exposures']>>[number]
type Network = Told & { readonly atMs: number }

export class LiveExposures {
  /** In order of time. */
  readonly #networks: Network[] = []
  readonly #falls = new Map<string, FrameFall>()
  /** Moments that were told, whether they said something new or not. */
  readonly #heard = new Set<number>()
  #last = ''
  #added: FrameExposure[] = []
  #dropped = 0

  get all(): readonly FrameExposure[] {
    return this.#networks.map(frameExposure)
  }

  /** A node keeps the moment at which it was first seen to have fallen. */
  get falls(): readonly FrameFall[] {
    return [...this.#falls.values()].sort((a, b) => a.at_ms - b.at_ms || a.round - b.round)
  }

  /** How many moments have come. */
  get count(): number {
    return this.#added.length + this.#dropped
  }

  /** What came after the first `count`; null when not all of it is there any more. */
  after(count: number): readonly FrameExposure[] | null {
    return count < this.#dropped ? null : this.#added.slice(count - this.#dropped)
  }

  /** @param told in order of time, what was told before among it */
  take(told: readonly Told[]): void {
    const added = told.filter(({ atMs = 0 }) => !this.#heard.has(atMs)).flatMap((each) => this.#news(each))
    for (const network of added) keepMoment(this.#networks, network)
    this.#added.push(...added.map(frameExposure))
    const surplus = Math.max(0, this.#added.length - MOST_MOMENTS)
    this.#added = this.#added.slice(surplus)
    this.#dropped += surplus
    if (added.length > 0)
      for (const { id, kind, atSeconds, round, loss, because } of cascadeSummary(this.#networks))
        if (!this.#falls.has(id))
          this.#falls.set(id, {
            id,
            kind,
            at_ms: atSeconds * 1_000,
            round,
            loss,
            because: because.map((cause) => cause.id),
          })
  }

  /** Where nothing has changed the last moment still says it. */
  #news({ atMs = 0, ...network }: Told): Network[] {
    this.#heard.add(atMs)
    const text = JSON.stringify([network.nodes, network.claims])
    if (text === this.#last) return []
    this.#last = text
    return [{ ...network, atMs }]
  }
}
