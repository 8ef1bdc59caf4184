// Limits on what leaves a chain, B-5: a lane's bucket holds what left, and what it refuses it does not hold. By the
// audit's own account of each bucket, from the calls. Source of the rule: Chainlink CCIP, RateLimiter.sol.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { ChainEvent, DepartureLimit } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { Tally } from './tally.ts'

interface Departure {
  readonly digest: Hash32
  readonly at: number
  /** What the bucket holds after it. */
  readonly left: bigint
}

export class DepartureRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  /** What has left over each lane, oldest first. */
  readonly #departures = new Map<DepartureLimit, Departure[]>()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    this.#index = index
  }

  /** A refusal for a limit must be one. */
  attempted({ transaction, receipt, chain, timestamp, atMs }: Scope): void {
    const call = transaction?.call
    if (call?.kind !== 'bridge-out' || receipt.reason !== 'limited') return
    this.#tally.checked['B-5']++
    const limit = this.#limitOf(chain.chainId, call)
    const held = limit === undefined ? null : this.#heldAt(limit, timestamp)
    if (held !== null && call.amount > held) return
    const why = held === null ? 'its lane has no limit' : `its lane lets ${held} through`
    this.#tally.breach(
      'B-5',
      atMs,
      chain.chainId,
      `a departure of ${call.amount} of ${call.token} is refused, ${why}`,
    )
  }

  sent(scope: Scope, { message, digest }: Extract<ChainEvent, { kind: 'message-sent' }>): void {
    const call = scope.transaction?.call
    if (message.payload.kind !== 'transfer' || call?.kind !== 'bridge-out') return
    const { chainId } = scope.chain
    const limit = this.#limitOf(chainId, call)
    if (limit === undefined) return
    this.#tally.checked['B-5']++
    const held = this.#heldAt(limit, scope.timestamp)
    if (call.amount > held)
      this.#tally.breach(
        'B-5',
        scope.atMs,
        chainId,
        `block ${scope.block.header.number}: message ${digest} leaves with ${call.amount}, its lane lets ${held} through`,
      )
    const left = held > call.amount ? held - call.amount : 0n
    const known = this.#departures.get(limit)
    if (known === undefined) this.#departures.set(limit, [{ digest, at: scope.timestamp, left }])
    else known.push({ digest, at: scope.timestamp, left })
  }

  /** Takes an event of an orphaned block back; the newest first. */
  undo({ chainId }: ChainRecord, event: ChainEvent): void {
    if (event.kind !== 'message-sent') return
    for (const limit of this.#index.bridges.get(event.message.bridge)?.departureLimits ?? []) {
      const known = this.#departures.get(limit)
      if (limit.chainId === chainId && known?.at(-1)?.digest === event.digest) known.pop()
    }
  }

  #limitOf(
    chainId: ChainId,
    call: { readonly bridge: Address; readonly token: Address; readonly dstChainId: ChainId },
  ): DepartureLimit | undefined {
    const limits = this.#index.bridges.get(call.bridge)?.departureLimits ?? []
    return limits.find(
      (limit) =>
        limit.chainId === chainId && limit.token === call.token && limit.dstChainId === call.dstChainId,
    )
  }

  /** Full before the first departure; afterwards what was left and what has come since, the capacity at most. */
  #heldAt(limit: DepartureLimit, timestamp: number): bigint {
    const last = this.#departures.get(limit)?.at(-1)
    if (last === undefined) return limit.capacity
    const held = last.left + limit.refillPerSecond * BigInt(timestamp - last.at)
    return held < limit.capacity ? held : limit.capacity
  }
}
