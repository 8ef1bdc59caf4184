// What became of actors: what they hold, and how their transactions ended. Values in the numeraire times 10^8.
import type { AccountBalance } from '@solvent/audit'
import type { Address, NodeId } from '@solvent/primitives'
import type { Block, Genesis, Party } from '@solvent/protocol'
import { isHeldBy, sumOf } from './balance-sheet.ts'
import type { BlockBook } from './block-book.ts'
import type { Marks } from './marks.ts'
import { holdingsE8 } from './solver-outcome.ts'

/** An account that plays a script: what it held at the start and in the end, and what its transactions came to. */
export interface ActorOutcome {
  readonly node: NodeId
  readonly address: Address
  /** Holdings, gas included, at the price alone. */
  readonly initialE8: bigint
  /** Holdings after the haircut of the loss rule. */
  readonly valueE8: bigint
  /** In blocks. */
  readonly transactions: number
  readonly reverted: number
  /** Why they reverted, in the order in which the reasons were first seen. */
  readonly reverts: readonly { readonly reason: string; readonly count: number }[]
}

interface Sent {
  transactions: number
  readonly reverts: Map<string, number>
}

/** Counts the transactions of actors. */
export class ActorBook implements BlockBook {
  readonly #sent = new Map<Address, Sent>()

  constructor(actors: readonly Party[]) {
    for (const { address } of actors) this.#sent.set(address, { transactions: 0, reverts: new Map() })
  }

  followed(block: Block): void {
    this.#count(block, 1)
  }

  orphaned(block: Block): void {
    this.#count(block, -1)
  }

  #count({ transactions, receipts }: Block, sign: 1 | -1): void {
    if (this.#sent.size === 0) return
    transactions.forEach(({ transaction }, index) => {
      const sent = this.#sent.get(transaction.from)
      if (sent === undefined) return
      sent.transactions += sign
      const reason = receipts[index]?.reason ?? null
      if (reason !== null) sent.reverts.set(reason, (sent.reverts.get(reason) ?? 0) + sign)
    })
  }

  of(address: Address): { readonly transactions: number; readonly reverts: ActorOutcome['reverts'] } {
    const { transactions, reverts } = this.#sent.get(address) ?? { transactions: 0, reverts: new Map() }
    const counted = [...reverts].filter(([, count]) => count > 0)
    return { transactions, reverts: counted.map(([reason, count]) => ({ reason, count })) }
  }
}

export function actorOutcome(
  { node, address }: Party,
  facts: {
    readonly genesis: readonly Genesis[]
    readonly balances: readonly AccountBalance[]
    readonly marks: Marks
    readonly book: ActorBook
  },
): ActorOutcome {
  const { genesis, balances, marks, book } = facts
  const { transactions, reverts } = book.of(address)
  const initialE8 = sumOf(genesis, ({ chainId, balances: lines }) =>
    sumOf(
      lines.filter((line) => isHeldBy(line, address)),
      ({ token, amount }) => marks.faceValueE8(chainId, token, amount),
    ),
  )
  return {
    node,
    address,
    initialE8,
    valueE8: holdingsE8(address, balances, marks),
    transactions,
    reverted: reverts.reduce((sum, { count }) => sum + count, 0),
    reverts,
  }
}
