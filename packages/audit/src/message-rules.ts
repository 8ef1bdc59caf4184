// Bridge messages, S-5 and S-8: what was sent is what is delivered, once, where it is addressed, and turns no contract against
// itself. On whose word, S-6, is judged beside.
import { type Address, type ChainId, type Hash32, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type BridgeMessage,
  type ChainEvent,
  type MessageKey,
  messageDigest,
  messageKey,
  rollupContract,
} from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { ExploitRegister } from './exploit-register.ts'
import type { FlawBook } from './flaw-book.ts'
import { handedIn, handsIn } from './handed-in.ts'
import { MessageWordRules, type WordContext } from './message-word-rules.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

interface Seen {
  readonly digest: Hash32
  readonly chainId: ChainId
  /** Deliveries of it; more than one only where the contract forgets what it has delivered. */
  times: number
}

/** What messages are judged by. */
export interface MessageContext extends WordContext {
  readonly exploits: ExploitRegister
}

export class MessageRules {
  readonly #tally: Tally
  readonly #exploits: ExploitRegister
  readonly #flaws: FlawBook
  readonly #words: MessageWordRules
  readonly #contracts: ReadonlySet<Address>
  readonly #sent = new Map<MessageKey, Seen>()
  readonly #delivered = new Map<MessageKey, Seen>()

  constructor(tally: Tally, index: NetworkIndex, context: MessageContext) {
    const { exploits, flaws } = context
    this.#tally = tally
    this.#exploits = exploits
    this.#flaws = flaws
    this.#words = new MessageWordRules(tally, index, context)
    const { bridges, chains } = index.spec
    this.#contracts = new Set([
      ZERO_ADDRESS,
      ...bridges.map(({ address }) => address),
      ...chains.flatMap((chain) => [chain.settler, rollupContract(chain)]),
    ])
  }

  sent(scope: Scope, { message, digest }: Event<'message-sent'>): void {
    this.#tally.checked['S-5']++
    const key = messageKey(message)
    const { chainId } = scope.chain
    if (messageDigest(message) !== digest)
      this.#conflict(
        scope,
        `message ${key} is sent with digest ${digest}, its fields give ${messageDigest(message)}`,
      )
    if (message.srcChainId !== chainId) this.#conflict(scope, `message ${key} is sent on chain ${chainId}`)
    const known = this.#sent.get(key)
    if (known !== undefined)
      this.#conflict(scope, `message ${key} is sent again, as ${digest} after ${known.digest}`)
    else this.#sent.set(key, { digest, chainId, times: 1 })
    const delivered = this.#delivered.get(key)
    if (delivered !== undefined) this.#same(scope, key, digest, delivered.digest)
  }

  delivered(scope: Scope, event: Event<'message-delivered'>): void {
    const { message, digest } = event
    this.#tally.checked['S-5']++
    const key = messageKey(message)
    const { chainId } = scope.chain
    if (messageDigest(message) !== digest)
      this.#conflict(
        scope,
        `message ${key} is delivered with digest ${digest}, its fields give ${messageDigest(message)}`,
      )
    if (message.dstChainId !== chainId)
      this.#conflict(scope, `message ${key} for chain ${message.dstChainId} is delivered on chain ${chainId}`)
    const known = this.#delivered.get(key)
    if (known === undefined) this.#delivered.set(key, { digest, chainId, times: 1 })
    else {
      known.times++
      if (!this.#mayRepeat(scope, message, known))
        this.#conflict(
          scope,
          `message ${key} is delivered on chain ${chainId} as ${digest}, and before on chain ${known.chainId} as ${known.digest}`,
        )
    }
    const sent = this.#sent.get(key)
    if (sent !== undefined) this.#same(scope, key, sent.digest, digest)
    this.#privileged(scope, message)
    if (handsIn(scope.transaction?.call)) this.#words.handedIn(scope, event)
    else this.#words.fromQueue(scope, event)
  }

  /** A message is believed and waits: its word is judged now. */
  queued(scope: Scope, event: Event<'transfer-queued'>): void {
    this.#words.queued(scope, event)
  }

  /** A conflict that a chain raised must be one. */
  conflict(scope: Scope, { message, digest, known }: Event<'message-conflict'>): void {
    this.#tally.checked['S-5']++
    const key = messageKey(message)
    if (digest === known || this.#delivered.get(key)?.digest !== known) {
      this.#conflict(
        scope,
        `conflict over message ${key} between ${known} and ${digest}, delivered was ${this.#delivered.get(key)?.digest}`,
      )
    }
  }

  /** Each message of a batch is taken in, or skipped with a reason, once. */
  batch(scope: Scope): void {
    const { transaction, receipt } = scope
    const call = transaction?.call
    if (call?.kind !== 'deliver-batch' || receipt.status !== 'ok') return
    this.#tally.checked['S-5']++
    const left = call.messages.map((message) => messageDigest(message))
    for (const event of receipt.events) {
      if (!isOutcome(event)) continue
      const place = left.indexOf(event.digest)
      if (place < 0) this.#conflict(scope, `a batch answers for ${event.digest}, which it does not carry`)
      else left.splice(place, 1)
    }
    for (const digest of left)
      this.#conflict(scope, `message ${digest} of a batch is neither taken in nor skipped`)
  }

  /** What is skipped as delivered was. */
  skipped(scope: Scope, { digest, reason }: Event<'message-skipped'>): void {
    this.#tally.checked['S-5']++
    const given = handedIn(scope.transaction?.call, digest)
    if (given?.by !== 'batch') return this.#conflict(scope, `message ${digest} is skipped by no batch`)
    if (reason !== 'already-delivered' || this.#words.waits(digest)) return
    const key = messageKey(given.message)
    if (this.#delivered.get(key)?.digest !== digest)
      this.#conflict(scope, `message ${key} is skipped as delivered, and was not`)
  }

  /** Takes an event of an orphaned block back. */
  undo(chain: ChainRecord, event: ChainEvent): void {
    if (event.kind !== 'message-sent' && event.kind !== 'message-delivered') return
    const seen = event.kind === 'message-sent' ? this.#sent : this.#delivered
    const key = messageKey(event.message)
    const known = seen.get(key)
    if (known?.chainId !== chain.chainId) return
    known.times--
    if (known.times === 0) seen.delete(key)
  }

  /** A contract that forgets what it has delivered repeats it, on its own chain. */
  #mayRepeat({ chain }: Scope, { bridge }: BridgeMessage, known: Seen): boolean {
    return known.chainId === chain.chainId && this.#flaws.has(chain.chainId, bridge, 'replay-unchecked')
  }

  /**
   * S-8: what a message pays or calls is no contract, which could turn it against the bridge itself. A declared flaw explains
   * a call of the bridge's own admin, and nothing else.
   */
  #privileged(scope: Scope, message: BridgeMessage): void {
    this.#tally.checked['S-8']++
    const { payload, bridge } = message
    const isCall = payload.kind === 'set-verifiers'
    const reached = isCall ? payload.target : payload.recipient
    if (!this.#contracts.has(reached)) return
    const isOwn = isCall && reached === bridge
    if (isOwn && this.#flaws.has(scope.chain.chainId, bridge, 'admin-unprotected')) return
    this.#tally.breach(
      'S-8',
      scope.atMs,
      scope.chain.chainId,
      `message ${messageKey(message)} ${isCall ? 'calls' : 'pays'} ${reached}, a contract of the network`,
    )
  }

  /** One key, two digests: a conflict, unless what was delivered is a declared forgery, or came on the word of broken keys. */
  #same(scope: Scope, key: MessageKey, sent: Hash32, delivered: Hash32): void {
    if (sent === delivered) return
    if (this.#exploits.isDeclared(delivered) || this.#exploits.mayBeForged(delivered)) return
    this.#conflict(scope, `message ${key} was sent as ${sent} and delivered as ${delivered}`)
  }

  #conflict(scope: Scope, detail: string): void {
    this.#tally.breach(
      'S-5',
      scope.atMs,
      scope.chain.chainId,
      `block ${scope.block.header.number}: ${detail}`,
    )
  }
}

/** What becomes of a message that is handed in. */
function isOutcome(
  event: ChainEvent,
): event is Event<'message-delivered' | 'transfer-queued' | 'message-conflict' | 'message-skipped'> {
  return (
    event.kind === 'message-delivered' ||
    event.kind === 'transfer-queued' ||
    event.kind === 'message-conflict' ||
    event.kind === 'message-skipped'
  )
}
