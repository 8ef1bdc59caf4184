// Who reads a chain's pool: nodes that a producer tells what it has taken in and no block holds yet, as a node of a public L1 tells
// whoever subscribes to pending transactions. docs/models/keeper.md.
import type { Ports } from '@solvent/ports'
import type { ChainId, NodeId } from '@solvent/primitives'
import type { Call, SignedTransaction, SolventVocabulary } from '@solvent/protocol'

/** Whom a producer tells of which calls. */
export interface PoolReader {
  readonly chainId: ChainId
  readonly node: NodeId
  readonly calls: readonly Call['kind'][]
}

export interface PoolReaders {
  /** A transaction is in the pool; whoever reads it there and did not send it hears of it. */
  taken(signed: SignedTransaction): void
}

/** Nobody waits for what a reader answers. */
const TELL_TIMEOUT_MS = 60_000

export function createPoolReaders(
  readers: readonly PoolReader[],
  { transport }: Pick<Ports<SolventVocabulary>, 'transport'>,
): PoolReaders {
  return {
    taken(signed) {
      const { chainId, call } = signed.transaction
      for (const reader of readers)
        if (reader.chainId === chainId && reader.calls.includes(call.kind))
          transport.request(
            reader.node,
            { type: 'side-channel', body: { kind: 'pending', transaction: signed } },
            TELL_TIMEOUT_MS,
          )
    },
  }
}
