// The door of a sequencer for transactions: each is offered to its chain's producer and answered once, with a promise of
// inclusion where the chain has them.
import type { Ports, ReplyToken } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import {
  type ChainSpec,
  type RefusalReason,
  refusalReasons,
  type SignedTransaction,
  type SolventVocabulary,
} from '@solvent/protocol'
import type { ChainProducer } from './chain-producer.ts'
import type { Favours } from './favour.ts'
import type { PoolReaders } from './pool-readers.ts'
import type { PromiseDesk } from './promise-desk.ts'

export interface TransactionIntake {
  take(signed: SignedTransaction, replyTo: ReplyToken): void
}

export function createTransactionIntake(
  {
    producers,
    promises,
    favours,
    readers,
  }: {
    readonly producers: ReadonlyMap<ChainId, ChainProducer>
    readonly promises: PromiseDesk
    readonly favours: Pick<Favours, 'keeps'>
    readonly readers: PoolReaders
  },
  { transport }: Pick<Ports<SolventVocabulary>, 'transport'>,
): TransactionIntake {
  /** The transaction was taken; where the chain has promises, the answer carries one. */
  function promised(chain: ChainSpec, signed: SignedTransaction, replyTo: ReplyToken): void {
    promises.promise(chain, signed, (promise) => {
      const body = { accepted: true, reason: null, ...(promise === undefined ? {} : { promise }) }
      transport.reply(replyTo, { type: 'receipt', body })
    })
  }

  return {
    take(signed, replyTo) {
      const answer = (accepted: boolean, reason: string | null): void =>
        transport.reply(replyTo, { type: 'receipt', body: { accepted, reason: refusalReason(reason) } })
      const producer = producers.get(signed.transaction.chainId)
      if (producer === undefined) answer(false, 'wrong-chain')
      // Nothing is promised of what waits.
      else if (favours.keeps(signed)) answer(true, null)
      else if (promises.isBreaking(producer.chain)) promised(producer.chain, signed, replyTo)
      else {
        producer.submit(signed, (accepted, reason) => {
          if (!accepted) return answer(accepted, reason)
          readers.taken(signed)
          promised(producer.chain, signed, replyTo)
        })
      }
    },
  }
}

/** The reason as the protocol spells it; an engine may have more words than there are refusals. */
function refusalReason(reason: string | null): RefusalReason | null {
  if (reason === null) return null
  return refusalReasons.find((known) => known === reason) ?? 'unavailable'
}
