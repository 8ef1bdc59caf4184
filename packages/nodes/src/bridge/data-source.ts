// What a verifier's data source (its RPC provider) shows it of a chain: the truth, unless it lies. A source that stands still, or
// answers for another chain, says nothing new, and the verifier signs when it has come back; logs that it left out are not read
// again, so that what they said is never signed; a source on another branch shows other contents than the sources of the others.
import type { ChainId } from '@solvent/primitives'
import type { BridgeMessage, SourceLie } from '@solvent/protocol'

export class DataSource {
  readonly #nowMs: () => number
  readonly #lies = new Map<ChainId, SourceLie>()

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** From now on it lies about a chain; a later lie takes the place of the one before. */
  lie(lie: SourceLie): void {
    this.#lies.set(lie.chainId, lie)
  }

  /** Whether it shows nothing new of the chain. */
  isSilent(chainId: ChainId): boolean {
    const lie = this.#lieOf(chainId)
    return lie === 'stale-head' || lie === 'wrong-chain-id'
  }

  /** A message as it shows it; null when it leaves it out. */
  read(message: BridgeMessage): BridgeMessage | null {
    const lie = this.#lieOf(message.srcChainId)
    if (lie === 'missing-logs') return null
    const { payload } = message
    if (lie !== 'fork' || payload.kind !== 'transfer') return message
    return { ...message, payload: { ...payload, amount: payload.amount + 1n } }
  }

  #lieOf(chainId: ChainId): SourceLie['lie'] | null {
    const lie = this.#lies.get(chainId)
    return lie === undefined || this.#nowMs() >= lie.untilMs ? null : lie.lie
  }
}
