// What a solver does when an operator tells it of its distress: in default it ends what it has promised, and pays all that it holds to its
// creditor. What is signed and on its way still lands, and what it is owed is still claimed.
import { type Address, decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { SolverDistress } from '@solvent/protocol'
import type { KnownDistress } from './distress.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import type { SolverBooks } from './solver-books.ts'

const DISTRESS_KEY = 'distress'

export class DistressDesk {
  readonly #books: SolverBooks
  readonly #desk: EngagementDesk

  constructor(books: SolverBooks, desk: EngagementDesk) {
    this.#books = books
    this.#desk = desk
  }

  /** After a restart: what operators said, nobody repeats. */
  resume(): void {
    const saved = this.#books.ports.store.get(DISTRESS_KEY)
    if (saved !== undefined) this.#books.distress.resume(decodeCanonical(saved) as unknown as KnownDistress)
  }

  begin(distress: SolverDistress): void {
    const { ports } = this.#books
    this.#books.distress.begin(distress)
    ports.store.put(DISTRESS_KEY, encodeCanonical({ ...this.#books.distress.known }))
    ports.log.text('warn', `In distress: ${distress.kind}.`)
    if (distress.kind !== 'default') return
    for (const engagement of [...this.#desk.all()])
      if (engagement.stage !== 'filled' && engagement.stage !== 'filling')
        this.#desk.end(engagement, 'refused')
    if (distress.creditor !== null) this.#payOut(distress.creditor)
  }

  /** All that is neither set aside for what is on its way nor kept for gas. */
  #payOut(to: Address): void {
    const { facts, inventory, ports, send } = this.#books
    for (const { chainId, address: token } of facts.spec.tokens) {
      const amount = inventory.free(chainId, token)
      if (amount === 0n) continue
      const ref = `creditor/${token}/${ports.clock.nowMs()}`
      send({ chainId, ref, call: { kind: 'transfer', token, to, amount } })
    }
  }
}
