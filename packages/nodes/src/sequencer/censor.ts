// What a producer was told to leave out of its pools, and until when. It answers as if it had taken the transaction,
// because censorship does not announce itself. Told again after a crash, or forgotten.
import type { RandomStream } from '@solvent/ports'
import { type Censorship, type SignedTransaction, transactionDigest } from '@solvent/protocol'

const HEX_DIGITS = 8
const BUCKETS = 100

export class Censor {
  readonly #chance: RandomStream
  #orders: Censorship[] = []

  constructor(chance: RandomStream) {
    this.#chance = chance
  }

  begin(censorship: Censorship): void {
    this.#orders.push(censorship)
  }

  /** Whether a transaction that arrives at `nowMs` (Unix ms) may go into the pool. */
  includes(signed: SignedTransaction, nowMs: number): boolean {
    this.#orders = this.#orders.filter(({ untilMs }) => untilMs > nowMs)
    return !this.#orders.some((order) => isOfClass(order, signed) && this.#isHit(order, signed))
  }

  #isHit({ mode, sharePercent }: Censorship, { transaction }: SignedTransaction): boolean {
    if (mode === 'lose') return this.#chance.int(BUCKETS) < sharePercent
    // The first 32 bits of a hash are as good as a die, and fall the same each time and at every producer.
    return (
      Number.parseInt(transactionDigest(transaction).slice(2, 2 + HEX_DIGITS), 16) % BUCKETS < sharePercent
    )
  }
}

function isOfClass({ chainId, senders, calls }: Censorship, { transaction }: SignedTransaction): boolean {
  const { from, call } = transaction
  return (
    transaction.chainId === chainId &&
    (senders.length === 0 || senders.includes(from)) &&
    (calls.length === 0 || calls.includes(call.kind))
  )
}
