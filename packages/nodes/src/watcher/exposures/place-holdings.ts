// What ledger accounts hold, put on balance sheets: a token that somebody owes is a claim on the debtor, any other an
// asset that is nobody's debt.
import type { AccountBalance } from '@solvent/audit'
import { type Address, type ChainId, wholeUnit } from '@solvent/primitives'
import type { TokenSpec } from '@solvent/protocol'
import type { Marks } from '../marks.ts'
import type { ExposureDraft } from './exposure-draft.ts'
import type { SnapshotLayer } from './exposure-snapshot.ts'
import type { Holders } from './holders.ts'
import type { IssuedToken } from './issued-tokens.ts'

const ONE_E8 = 100_000_000n

export class HoldingsDesk {
  readonly #draft: ExposureDraft
  readonly #holders: Holders
  readonly #issued: ReadonlyMap<string, IssuedToken>
  readonly #marks: Marks
  readonly #tokens: readonly TokenSpec[]

  constructor(
    draft: ExposureDraft,
    parts: {
      readonly holders: Holders
      readonly issued: ReadonlyMap<string, IssuedToken>
      readonly marks: Marks
      readonly tokens: readonly TokenSpec[]
    },
  ) {
    this.#draft = draft
    this.#holders = parts.holders
    this.#issued = parts.issued
    this.#marks = parts.marks
    this.#tokens = parts.tokens
  }

  /** A participant's own holding. */
  owned({ chainId, owner, token, amount }: AccountBalance): void {
    const holder = this.#holders.of(owner)
    const counts = this.#holders.hasSheet(holder)
    this.#place(holder, { chainId, token, amount, counts })
    const symbol = this.#coinOf(chainId, token)
    if (counts && symbol !== null) this.#draft.holding(holder, symbol, this.faceE8(chainId, token, amount))
  }

  /** The symbol of a coin that nobody owes and that has a price of its own: one worth a unit of account is cash. */
  #coinOf(chainId: ChainId, token: Address): string | null {
    if (this.#issued.has(`${chainId}/${token}`)) return null
    const known = this.#tokens.find((each) => each.chainId === chainId && each.address === token)
    if (known === undefined) return null
    const isCash = this.#marks.faceValueE8(chainId, token, wholeUnit(known.decimals)) === ONE_E8
    return isCash ? null : known.symbol
  }

  /** What a contract of the snapshot keeps for others; a claim within it runs through `layer`, or the token's own. */
  kept(
    holder: string,
    holding: { chainId: ChainId; token: Address; amount: bigint; layer?: SnapshotLayer; seniority?: number },
  ): void {
    this.#place(holder, { ...holding, counts: true })
  }

  faceE8(chainId: ChainId, token: Address, amount: bigint): bigint {
    const debt = this.#issued.get(`${chainId}/${token}`)
    return debt === undefined ? this.#marks.faceValueE8(chainId, token, amount) : debt.faceE8(amount)
  }

  #place(
    holder: string,
    holding: {
      chainId: ChainId
      token: Address
      amount: bigint
      counts: boolean
      layer?: SnapshotLayer
      seniority?: number
    },
  ): void {
    const { chainId, token, amount, counts, layer } = holding
    const debt = this.#issued.get(`${chainId}/${token}`)
    const valueE8 = this.faceE8(chainId, token, amount)
    if (debt !== undefined && debt.debtor !== holder) {
      const { debtor } = debt
      this.#draft.claim({
        debtor,
        creditor: holder,
        layer: layer ?? debt.layer,
        seniority: holding.seniority ?? debt.seniority,
        amountE8: valueE8,
      })
      if (debt.isItsOwnBacking) this.#draft.asset(debtor, valueE8)
    } else if (counts) this.#draft.asset(holder, valueE8)
  }
}
