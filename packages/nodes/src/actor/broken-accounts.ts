// Accounts for which an actor can sign since their scheme is broken: for each a sender with its key and a part of the actor's store
// of its own. It reads used nonces from blocks, as the owner does, who goes on signing: of two transactions of one nonce a chain
// takes one, and whoever lost signs again under the next.
import type { Inbound, Store, TimerId } from '@solvent/ports'
import type { Address, ChainId } from '@solvent/primitives'
import type { Block, NetworkSpec, Party, SolventVocabulary } from '@solvent/protocol'
import { derivedSigner } from '../parts/derived-key.ts'
import type { Inclusion } from '../parts/pending-transaction.ts'
import {
  createTransactionSender,
  type SendOptions,
  type TransactionSender,
  type TransactionSenderPorts,
} from '../parts/transaction-sender.ts'
import type { ActorStep } from './actor-step.ts'

export interface BrokenAccountsInit {
  readonly spec: NetworkSpec
  /** Those that drain accounts name them. */
  readonly steps: readonly ActorStep[]
  readonly onIncluded: (inclusion: Inclusion) => void
}

export class BrokenAccounts {
  readonly #senders = new Map<Address, TransactionSender>()
  /** Keys that it would have a use for. */
  readonly #usable = new Set<Address>()
  readonly #broken = new Map<Address, Party>()

  constructor({ spec, steps, onIncluded }: BrokenAccountsInit, ports: TransactionSenderPorts) {
    for (const { action } of steps) {
      if (action.kind !== 'drain' || this.#senders.has(action.victim.address)) continue
      const { victim, successors, keys } = action
      const signer = derivedSigner(keys, victim)
      const others = successors.map((each) => derivedSigner(keys, each))
      for (const key of [victim, ...successors]) this.#usable.add(key.address)
      const store = partOf(ports.store, `account/${victim.address}/`)
      this.#senders.set(
        victim.address,
        createTransactionSender({ spec, onIncluded, keys: others }, { ...ports, signer, store }),
      )
    }
  }

  /** From now on it can sign with these keys; false when it would not know what to do with any of them. */
  broken(keys: readonly Party[]): boolean {
    const wanted = keys.filter(({ address }) => this.#usable.has(address))
    for (const key of wanted) this.#broken.set(key.address, key)
    return wanted.length > 0
  }

  /** Whether the key that counts for the account on the chain is one that it can sign with. */
  canSignFor(account: Address, chainId: ChainId): boolean {
    const key = this.#senders.get(account)?.keyInForce(chainId)
    return key !== undefined && this.#broken.has(key)
  }

  /** Signs a transaction of a broken account. */
  send({ address }: Party, options: SendOptions): void {
    this.#senders.get(address)!.send(options)
  }

  start(): void {
    for (const sender of this.#senders.values()) sender.start()
  }

  onBlock(block: Block): void {
    for (const sender of this.#senders.values()) sender.onBlock(block)
  }

  onOrphaned(block: Block): void {
    for (const sender of this.#senders.values()) sender.onOrphaned(block)
  }

  /** Takes what answers one of its senders; orders of operators are the actor's own. */
  onMessage(inbound: Inbound<SolventVocabulary>): boolean {
    if (inbound.via === 'request') return false
    return [...this.#senders.values()].some((sender) => sender.onMessage(inbound))
  }

  onTimer(timer: TimerId): boolean {
    return [...this.#senders.values()].some((sender) => sender.onTimer(timer))
  }

  /** For a snapshot. */
  get known(): readonly Party[] {
    return [...this.#broken.values()]
  }
}

/** A store within the store, whose keys all begin with a prefix. */
function partOf(store: Store, prefix: string): Store {
  return {
    put: (key, content) => store.put(prefix + key, content),
    delete: (key) => store.delete(prefix + key),
    get: (key) => store.get(prefix + key),
    has: (key) => store.has(prefix + key),
    keys: (start) => store.keys(prefix + start).map((key) => key.slice(prefix.length)),
  }
}
