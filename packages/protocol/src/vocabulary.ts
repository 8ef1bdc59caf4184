// The words that ports are generic over, bound to what Solvent's nodes say.
import type { Block } from './chain/block.ts'
import type { SignedTransaction } from './chain/transaction.ts'
import type { DomainEvent } from './record/domain-event.ts'
import type { DigestSigner } from './signature.ts'
import type { Message } from './wire/message.ts'
import type { Topic } from './wire/topic.ts'

/** `Ports<SolventVocabulary>` is what a Solvent node lives on. */
export interface SolventVocabulary {
  readonly message: Message
  readonly topic: Topic
  readonly transaction: SignedTransaction
  readonly block: Block
  readonly event: DomainEvent
  readonly signer: DigestSigner
}
