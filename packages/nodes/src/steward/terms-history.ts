// The terms of a reserve as a chain has set them, for a rule that moves them: read from followed blocks, from what genesis gave.
import type { Address } from '@solvent/primitives'
import type { AuthoritySpec, Block, LendingTerms, NetworkSpec } from '@solvent/protocol'

type Terms = Pick<LendingTerms, 'ltvBps' | 'liquidationThresholdBps' | 'supplyCap' | 'borrowCap' | 'status'>

interface SetTerms {
  readonly number: number
  /** Unix seconds. */
  readonly at: number
  readonly terms: Terms
}

const BPS = 10_000n

export class TermsHistory {
  readonly #pool: Address
  readonly #token: Address
  readonly #terms: SetTerms[]

  constructor(
    { pool, token }: { readonly pool: Address; readonly token: Address },
    { lendingPools }: NetworkSpec,
  ) {
    this.#pool = pool
    this.#token = token
    const terms = lendingPools
      .find(({ address }) => address === pool)
      ?.reserves.find((reserve) => reserve.token === token)?.terms
    this.#terms = terms === undefined ? [] : [{ number: -1, at: Number.NEGATIVE_INFINITY, terms }]
  }

  followed({ header: { number, timestamp }, receipts }: Block): void {
    for (const { events } of receipts)
      for (const event of events)
        if (event.kind === 'reserve-terms-set' && event.pool === this.#pool && event.token === this.#token)
          this.#terms.push({ number, at: timestamp, terms: event })
  }

  /** The newest block is no longer followed. */
  orphaned({ header: { number } }: Block): void {
    while (this.#terms.at(-1)?.number === number) this.#terms.pop()
  }

  /** Undefined when there is no such reserve. */
  get current(): SetTerms | undefined {
    return this.#terms.at(-1)
  }

  /** As the network was specified. */
  get first(): SetTerms | undefined {
    return this.#terms[0]
  }

  /** How often the terms have been set, the first time included. */
  get steps(): number {
    return this.#terms.length
  }
}

/** Whether an authority's bounds let it set terms again that were last set at a moment. */
export function mayStep({ bounds }: AuthoritySpec, { at }: { readonly at: number }, now: number): boolean {
  return bounds === null || now - at >= bounds.minIntervalSeconds
}

/** From a share to another one, as far as an authority's bounds allow at once. */
export function stepTowards({ bounds }: AuthoritySpec, from: bigint, to: bigint): bigint {
  const most = bounds?.maxStepBps ?? BPS
  if (to < from) return from - to > most ? from - most : to
  return to - from > most ? from + most : to
}
