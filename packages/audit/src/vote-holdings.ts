// What holders of tokens that vote have, and had: the balance of now less what has come since. From genesis and the journal alone.
import type { Address, ChainId } from '@solvent/primitives'
import type { AccountKind, NetworkSpec } from '@solvent/protocol'
import type { ChainBook } from './book.ts'
import type { Scope } from './chain-record.ts'
import type { WriteLog } from './credit-undo.ts'

/** Under which participants hold what they vote with. */
const HOLDING: readonly AccountKind[] = ['USER', 'SOLVER', 'ATTACKER', 'TREASURY']

interface Movement {
  /** Unix seconds of its block. */
  readonly at: number
  readonly owner: string
  readonly amount: bigint
}

export class VoteHoldings {
  /** By `chain/token`, oldest first. */
  readonly #movements = new Map<string, Movement[]>()

  constructor({ controls }: Pick<NetworkSpec, 'controls'>) {
    for (const { chainId, tokenVote } of controls.authorities)
      if (tokenVote !== undefined) this.#movements.set(`${chainId}/${tokenVote.token}`, [])
  }

  receipt({ chain, block, receipt, timestamp }: Scope, log: WriteLog): void {
    if (this.#movements.size === 0 || block.header.number === 0) return
    for (const { legs } of receipt.entries)
      for (const { token, owner, kind, amount } of legs) {
        const movements = this.#movements.get(`${chain.chainId}/${token}`)
        if (movements === undefined || !HOLDING.includes(kind)) continue
        movements.push({ at: timestamp, owner, amount })
        log.note(block.hash, () => movements.pop())
      }
  }

  /** What an account holds after all that the book has. */
  now(book: ChainBook, owner: Address, token: Address): bigint {
    return HOLDING.reduce((sum, kind) => sum + book.token(token).balance(kind, owner), 0n)
  }

  /** What it held before the first block at or after a moment. */
  before(
    moment: number,
    book: ChainBook,
    {
      chainId,
      owner,
      token,
    }: { readonly chainId: ChainId; readonly owner: Address; readonly token: Address },
  ): bigint {
    const since = this.#movements.get(`${chainId}/${token}`) ?? []
    return since.reduce(
      (held, movement) => (movement.owner === owner && movement.at >= moment ? held - movement.amount : held),
      this.now(book, owner, token),
    )
  }
}
