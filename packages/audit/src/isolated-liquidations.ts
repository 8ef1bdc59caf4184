// Liquidations at isolated markets, C-4 and C-6: only what the collateral does not bear, paid by the market's incentive, and what is owed
// without collateral afterwards is taken from suppliers in the same call.
import type { ChainEvent } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import { assetsCeil, bearable, boughtWith, paidBy } from './isolated-arithmetic.ts'
import type { IsolatedRecord } from './isolated-record.ts'
import type { Tally } from './tally.ts'

type Liquidated = Extract<ChainEvent, { kind: 'isolated-liquidated' }>

export class IsolatedLiquidations {
  readonly #tally: Tally

  constructor(tally: Tally) {
    this.#tally = tally
  }

  /** What suppliers lose by the audit's reckoning, and what all owe afterwards. */
  judge(
    scope: Scope,
    market: IsolatedRecord,
    event: Liquidated,
    price: bigint,
  ): { readonly badDebt: bigint; readonly borrowed: bigint } {
    this.#tally.checked['C-4']++
    const { borrower, repaid, repaidShares, seized } = event
    const { lltvWad } = market.spec
    const before = market.positionBefore(scope, borrower)
    const { borrow } = market.before(scope)
    const complain = (detail: string): void =>
      this.#breach(scope, 'C-4', market, `liquidation of ${borrower}: ${detail}`)
    const debt = assetsCeil(before.owed, borrow)
    const most = bearable(before.pledged, price, lltvWad)
    if (debt <= most) complain(`${debt} is owed, and the collateral bears ${most}`)
    if (repaidShares <= 0n || repaidShares > before.owed)
      complain(`${repaidShares} shares of ${before.owed} repaid`)
    if (seized > before.pledged) complain(`${seized} seized of ${before.pledged}`)
    if (repaid !== assetsCeil(repaidShares, borrow))
      complain(`${repaid} paid for ${repaidShares} shares of debt`)
    const forAll = paidBy(before.pledged, borrow, price, lltvWad)
    const isAll = seized === before.pledged && repaidShares === (forAll < before.owed ? forAll : before.owed)
    const due = boughtWith(repaidShares, borrow, price, lltvWad)
    if (!isAll && seized !== due) complain(`${seized} seized for ${repaid}, due are ${due}`)
    return this.#written(scope, market, event, borrow.shares - repaidShares)
  }

  #written(
    scope: Scope,
    market: IsolatedRecord,
    { borrower, repaid, badDebt, badDebtShares }: Liquidated,
    sharesLeft: bigint,
  ): { readonly badDebt: bigint; readonly borrowed: bigint } {
    this.#tally.checked['C-6']++
    const { facts } = market
    const left = facts.borrowed > repaid ? facts.borrowed - repaid : 0n
    const { pledged, owed } = market.positionNow(borrower)
    const lost = pledged === 0n ? badDebtShares : 0n
    const reckoned = lost === 0n ? 0n : assetsCeil(lost, { assets: left, shares: sharesLeft })
    const due = reckoned < left ? reckoned : left
    if (pledged === 0n && owed > 0n)
      this.#breach(scope, 'C-6', market, `${borrower} owes ${owed} shares and has nothing pledged`)
    if (badDebt !== due)
      this.#breach(scope, 'C-6', market, `${badDebt} of ${borrower}'s debt is written off, due are ${due}`)
    return { badDebt: due, borrowed: left - due }
  }

  #breach({ atMs }: Scope, id: 'C-4' | 'C-6', { spec }: IsolatedRecord, detail: string): void {
    this.#tally.breach(id, atMs, spec.chainId, `isolated market ${spec.name}: ${detail}`)
  }
}
