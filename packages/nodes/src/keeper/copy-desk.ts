// Front-running of liquidations by an outsider: what another is about to do is seen in the pool, tried on the outsider's own view and
// with its own money, and sent at a higher fee, as generalised front-runners do. Source: Daian et al. 2020 (arXiv 1904.05234), priority
// gas auctions over what anybody may do. docs/models/keeper.md.
import { type Address, BPS, minBig } from '@solvent/primitives'
import type { Receipt, SignedTransaction } from '@solvent/protocol'
import {
  type LiquidationQuote,
  type Moment,
  quoteIsolatedLiquidation,
  quoteLiquidations,
} from '@solvent/settlement'
import type { KeeperNow } from './appraisal.ts'
import type { KeeperRules } from './keeper-rules.ts'
import type { DeskParts } from './liquidation-desk.ts'
import { type LiquidationOffer, liquidationCall } from './liquidation-offer.ts'

type Seen = ReturnType<typeof liquidationCall>

interface Found {
  readonly quotes: readonly LiquidationQuote[]
  readonly moment: Moment
}

export class CopyDesk {
  readonly #self: Address
  readonly #rules: KeeperRules
  readonly #parts: DeskParts
  readonly #sent = new Set<string>()
  won = 0
  lost = 0

  constructor(self: Address, rules: KeeperRules, parts: DeskParts) {
    this.#self = self
    this.#rules = rules
    this.#parts = parts
  }

  /** The same liquidation as one that waits in the pool, in front of it; null where that is impossible or does not pay. */
  offer({ transaction }: SignedTransaction, now: KeeperNow): LiquidationOffer | null {
    const { from, call, maxPriorityFeePerGas } = transaction
    const { copies, minProfitE8, maxBaseFee } = this.#rules
    const { capital, appraisal, resale, halts } = this.#parts
    if (copies === null || call.kind !== 'liquidate' || from === this.#self) return null
    const { pool, borrower, collateral, debt } = call
    const key = `liquidate/${pool}/${borrower}`
    if (borrower === this.#self || capital.isBusy(key)) return null
    if (maxBaseFee !== null && now.baseFee > maxBaseFee) return null
    if (halts.isHalted(pool, 'liquidate', now.atSeconds)) return null

    const { quotes, moment } = this.#find(call, now)
    const quote = quotes.find((each) => each.collateral === collateral && each.debt === debt)
    if (quote === undefined) return null
    const copy = liquidationCall(pool, borrower, quote)
    const priorityFeePerGas =
      maxPriorityFeePerGas + (maxPriorityFeePerGas * BigInt(copies.raiseBps)) / BPS + 1n
    const costE8 = appraisal.gasE8([copy], now) + appraisal.tipE8(copy, priorityFeePerGas, now)
    if (resale.profitE8(pool, quote, moment, now) - costE8 < minProfitE8) return null
    const ref = capital.begin(key, debt, quote.debtRepaid)
    this.#sent.add(ref)
    return { call: copy, ref, priorityFeePerGas }
  }

  /** A transaction is in a block. */
  ended(ref: string, status: Receipt['status']): void {
    if (!this.#sent.delete(ref)) return
    if (status === 'ok') this.won++
    else this.lost++
  }

  /** What it would bring here, with no more money than the other spends. */
  #find({ pool, borrower, debtToCover }: Seen, now: KeeperNow): Found {
    const { view, capital } = this.#parts
    const { atSeconds } = now
    const capitalOf = (token: Address): bigint => minBig(capital.free(token), debtToCover)
    const contract = view.lending.get(pool)
    const moment = view.momentOf(pool, atSeconds)
    if (contract === undefined) {
      const at = { market: pool, borrower, atSeconds }
      return { quotes: quoteIsolatedLiquidation(view, at, capitalOf), moment }
    }
    const { kind } = contract.spec.engine
    if (kind !== 'fixed-spread' && kind !== 'slow') return { quotes: [], moment }
    const by = { liquidator: this.#self, capitalOf }
    return { quotes: quoteLiquidations(view, { pool, borrower, moment }, by), moment }
  }
}
