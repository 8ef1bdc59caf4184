// What a watcher measures of a fund of assets outside the chain: shares that came and went, who waits and how long, and how old its marks were.
import type { ChainId } from '@solvent/primitives'
import type { Block, NavFundEvent, NavFundSpec } from '@solvent/protocol'
import { ContractHistory } from './contract-history.ts'

export interface NavFundOutcome {
  readonly id: string
  readonly chainId: ChainId
  readonly subscribed: bigint
  readonly requests: number
  /** Shares. */
  readonly requested: bigint
  readonly paidShares: bigint
  readonly waiting: bigint
  /** Coins. */
  readonly paid: bigint
  readonly filled: bigint
  /** From a request to a payment of it. */
  readonly longestWaitSeconds: number
  /** The oldest mark that anyone dealt at. */
  readonly oldestMarkSeconds: number
}

interface Fact {
  readonly event: NavFundEvent
  readonly atSeconds: number
}

export class NavFundMeter {
  readonly #spec: NavFundSpec
  readonly #history = new ContractHistory<Fact>()

  constructor(spec: NavFundSpec) {
    this.#spec = spec
  }

  followed(block: Block): void {
    if (block.header.chainId !== this.#spec.chainId) return
    for (const { events } of block.receipts)
      for (const event of events)
        if ('navFund' in event && event.navFund === this.#spec.address)
          this.#history.note(block, { event, atSeconds: block.header.timestamp })
  }

  orphaned(block: Block): void {
    this.#history.orphaned(block)
  }

  outcome(): NavFundOutcome {
    const queue: { shares: bigint; readonly since: number }[] = []
    let [subscribed, requested, paidShares, paid, filled] = [0n, 0n, 0n, 0n, 0n]
    let [requests, longestWaitSeconds, oldestMarkSeconds] = [0, 0, 0]
    for (const { event, atSeconds } of this.#history.facts()) {
      if (event.kind === 'buffer-filled') {
        filled += event.amount
        continue
      }
      oldestMarkSeconds = Math.max(oldestMarkSeconds, atSeconds - event.markedAt)
      if (event.kind === 'nav-subscribed') subscribed += event.amount
      else if (event.kind === 'redemption-requested') {
        requests += 1
        requested += event.shares
        queue.push({ shares: event.shares, since: atSeconds })
      } else
        for (const { shares, amount } of event.payments) {
          const head = queue[0]
          paidShares += shares
          paid += amount
          if (head === undefined) continue
          longestWaitSeconds = Math.max(longestWaitSeconds, atSeconds - head.since)
          head.shares -= shares
          if (head.shares <= 0n) queue.shift()
        }
    }
    const { name: id, chainId } = this.#spec
    const waiting = requested - paidShares
    return {
      ...{ id, chainId, subscribed, requests, requested, paidShares, waiting, paid, filled },
      ...{ longestWaitSeconds, oldestMarkSeconds },
    }
  }
}
