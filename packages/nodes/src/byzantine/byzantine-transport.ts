// The transport of a node that misbehaves: what the honest node inside sends leaves altered, twice, or not at all.
import type { ReplyToken, RequestId, Transport } from '@solvent/ports'
import { asNodeId, type ChainId, type NodeId } from '@solvent/primitives'
import type {
  DigestSigner,
  Message,
  MessageType,
  Misconduct,
  SolventVocabulary,
  Topic,
} from '@solvent/protocol'
import { contradictingAttestation, contradictingAward, misrankedAward } from './false-statements.ts'

export interface Conducts {
  /** Whether messages of this type are treated so at present. */
  readonly does: (conduct: Misconduct, type: MessageType) => boolean
  readonly onPublished: (topic: Topic, message: Message) => void
}

/** Nobody: a request to it fails like one that is never answered. */
const NOBODY = asNodeId('nobody')

export class ByzantineTransport implements Transport<SolventVocabulary> {
  readonly self: NodeId
  readonly #inner: Transport<SolventVocabulary>
  readonly #signer: DigestSigner
  readonly #conducts: Conducts
  readonly #nonces = new Map<ChainId, number>()

  constructor(inner: Transport<SolventVocabulary>, signer: DigestSigner, conducts: Conducts) {
    this.self = inner.self
    this.#inner = inner
    this.#signer = signer
    this.#conducts = conducts
  }

  /** Of the account on a chain; each is given once. */
  nextNonce(chainId: ChainId): number {
    const nonce = this.#nonces.get(chainId) ?? 0
    this.#nonces.set(chainId, nonce + 1)
    return nonce
  }

  send(to: NodeId, message: Message): void {
    if (!this.#isKept(message.type)) this.#inner.send(to, message)
  }

  request(to: NodeId, message: Message, timeoutMs: number): RequestId {
    if (message.type === 'transaction') this.#noteNonce(message)
    return this.#inner.request(this.#isKept(message.type) ? NOBODY : to, message, timeoutMs)
  }

  reply(token: ReplyToken, message: Message): void {
    const isControl = message.type === 'control-reply'
    if (isControl || !this.#isKept(message.type)) this.#inner.reply(token, message)
  }

  publish(topic: Topic, message: Message): void {
    this.#conducts.onPublished(topic, message)
    if (this.#isKept(message.type)) return
    if (message.type === 'award' && this.#conducts.does('misrank', 'award')) {
      this.#inner.publish(topic, { type: 'award', body: misrankedAward(message.body, this.#signer) })
      return
    }
    this.#inner.publish(topic, message)
    if (!this.#conducts.does('equivocate', message.type)) return
    if (message.type === 'attestation')
      this.#inner.publish(topic, {
        type: 'attestation',
        body: contradictingAttestation(message.body, this.#signer),
      })
    if (message.type !== 'award') return
    const second = contradictingAward(message.body, this.#signer)
    if (second !== null) this.#inner.publish(topic, { type: 'award', body: second })
  }

  subscribe(topic: Topic): void {
    this.#inner.subscribe(topic)
  }

  /** Never leaves: withheld, or of a type that an older version lacks. */
  #isKept(type: MessageType): boolean {
    return this.#conducts.does('withhold', type) || this.#conducts.does('lack-types', type)
  }

  #noteNonce({ body }: Extract<Message, { type: 'transaction' }>): void {
    const { chainId, nonce } = body.transaction
    this.#nonces.set(chainId, Math.max(this.#nonces.get(chainId) ?? 0, nonce + 1))
  }
}
