// What a keeper may still spend: what it holds, less what its transactions under way are about to take.
import type { Address } from '@solvent/primitives'
import type { KeeperPurse } from './keeper-purse.ts'

interface UnderWay {
  /** What it is about: nothing else is sent for it meanwhile. */
  readonly key: string
  readonly token: Address
  readonly amount: bigint
}

export class WorkingCapital {
  readonly #purse: Pick<KeeperPurse, 'of' | 'atFirst'>
  readonly #underWay = new Map<string, UnderWay>()
  readonly #attempts = new Map<string, number>()

  constructor(purse: Pick<KeeperPurse, 'of' | 'atFirst'>) {
    this.#purse = purse
  }

  free(token: Address): bigint {
    let left = this.#purse.of(token)
    for (const each of this.#underWay.values()) if (each.token === token) left -= each.amount
    return left
  }

  /** What it has beyond what it began with, and may still spend. */
  gained(token: Address): bigint {
    return this.free(token) - this.#purse.atFirst(token)
  }

  isBusy(key: string): boolean {
    for (const each of this.#underWay.values()) if (each.key === key) return true
    return false
  }

  /** Notes a transaction about to be sent; its ref. */
  begin(key: string, token: Address, amount: bigint): string {
    const attempt = (this.#attempts.get(key) ?? 0) + 1
    this.#attempts.set(key, attempt)
    const ref = `${key}/${attempt}`
    this.#underWay.set(ref, { key, token, amount })
    return ref
  }

  /** It is in a block; false for what was not begun here. */
  end(ref: string): boolean {
    return this.#underWay.delete(ref)
  }
}
