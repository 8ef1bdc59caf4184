// What claims on contracts are worth at the end of a run: receipts of lending pools and shares of markets, by what is left of what
// stands behind them. A borrower pays at most what its collateral is worth; since collateral may be receipts, and pools may hold
// receipts and shares of each other, the values are the greatest that agree with each other, found from face values downwards as a
// clearing vector is (Eisenberg, Noe 2001). Values are in the numeraire times 10^8.
import { type Address, type ChainId, divFloor, minBig } from '@solvent/primitives'
import { marketShareToken } from '@solvent/protocol'
import { createMarks, type Line, type Marks } from './holdings-sheet.ts'
import {
  type LendingAccount,
  type LendingSheet,
  lendingSheet,
  type ReserveSheet,
} from './lending-accounts.ts'
import type { Trial } from './trial.ts'

/** Who makes good what borrowers' collateral does not cover: the lenders themselves bear it, or somebody from outside pays. */
export type BadDebtBearer = 'lenders' | 'guarantor'

export interface ClaimMarks extends Marks {
  /** Whether it is a receipt or a share of a market. */
  readonly isClaim: (line: Line) => boolean
  readonly accounts: readonly LendingAccount[]
  /** What an account at a pool is worth to its owner: what is pledged less what is owed, or nothing. */
  readonly net: (account: LendingAccount) => bigint
}

/** All units of a token together. */
interface Worth {
  readonly units: bigint
  keptE8: bigint
  faceE8: bigint
}

/** Enough for chains of claims this long; rounding makes no more of them. */
const MOST_ROUNDS = 64

export function claimMarks(trial: Pick<Trial, 'plan' | 'report'>, bearer: BadDebtBearer): ClaimMarks {
  const coins = createMarks(trial)
  const lending = lendingSheet(trial)
  const markets = marketsOf(trial)
  const worths = new Map<string, Worth>()
  const worthOf = (line: Line, of: 'kept' | 'face'): bigint => {
    const worth = worths.get(`${line.chainId}/${line.token}`)
    if (worth === undefined) return coins[of](line)
    if (worth.units <= 0n) return 0n
    return divFloor((of === 'kept' ? worth.keptE8 : worth.faceE8) * line.amount, worth.units)
  }
  const kept = (line: Line) => worthOf(line, 'kept')
  const face = (line: Line) => worthOf(line, 'face')
  atFace(lending, markets, { worths, face })
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = [...worths.values()].map(({ keptE8 }) => keptE8)
    for (const { chainId, shareToken, held } of markets)
      worths.get(`${chainId}/${shareToken}`)!.keptE8 = sumOf(held, kept)
    const unpaid = bearer === 'lenders' ? unpaidBy(lending.accounts, kept) : new Map<string, bigint>()
    for (const reserve of lending.reserves)
      worths.get(`${reserve.chainId}/${reserve.receipt}`)!.keptE8 = receiptsWorth(reserve, bearer, {
        kept,
        unpaid,
      })
    if ([...worths.values()].every(({ keptE8 }, at) => keptE8 === before[at])) break
  }
  return {
    kept,
    face,
    isClaim: ({ chainId, token }) => worths.has(`${chainId}/${token}`),
    accounts: lending.accounts,
    net({ pledged, owed }) {
      const left = sumOf(pledged, kept) - sumOf(owed, kept)
      return left > 0n ? left : 0n
    },
  }
}

interface Market {
  readonly chainId: ChainId
  readonly shareToken: Address
  readonly shares: bigint
  readonly held: readonly Line[]
}

/** Whatever gives shares of what it holds: markets, and vaults of ranges. */
function marketsOf({ plan, report: { balances, vaults } }: Pick<Trial, 'plan' | 'report'>): Market[] {
  const ranges = vaults.map(({ chainId, vault, shares, held }) => ({
    ...{ chainId, shareToken: vault, shares },
    held: held.map((line) => ({ chainId, ...line })),
  }))
  const markets = plan.spec.markets.map((market) => {
    const { chainId, address } = market
    const shareToken = marketShareToken(market)
    const supply = balances.find(
      (line) => line.kind === 'SUPPLY' && line.chainId === chainId && line.token === shareToken,
    )
    const held = balances.filter(
      (line) => line.kind === 'POOL' && line.chainId === chainId && line.owner === address,
    )
    return { chainId, shareToken, shares: -(supply?.amount ?? 0n), held }
  })
  return [...markets, ...ranges]
}

/** Shares hold coins alone; receipts, of shares and of receipts too, come after what they are of. */
function atFace(
  { reserves }: LendingSheet,
  markets: readonly Market[],
  { worths, face }: { readonly worths: Map<string, Worth>; readonly face: (line: Line) => bigint },
): void {
  const put = (key: string, units: bigint, valueE8: bigint) =>
    worths.set(key, { units, keptE8: valueE8, faceE8: valueE8 })
  for (const { chainId, shareToken, shares, held } of markets)
    put(`${chainId}/${shareToken}`, shares, sumOf(held, face))
  const issued = new Set(reserves.map(({ chainId, receipt }) => `${chainId}/${receipt}`))
  const isOfCoin = ({ chainId, token }: ReserveSheet) => !issued.has(`${chainId}/${token}`)
  let waiting = [...reserves]
  while (waiting.length > 0) {
    const ready = waiting.filter(
      (reserve) => isOfCoin(reserve) || worths.has(`${reserve.chainId}/${reserve.token}`),
    )
    for (const { chainId, token, receipt, receipts, supplied } of ready)
      put(`${chainId}/${receipt}`, receipts, face({ chainId, token, amount: supplied }))
    if (ready.length === 0) break
    waiting = waiting.filter((reserve) => !ready.includes(reserve))
  }
}

/** By pool and coin, what accounts owe beyond what their collateral is worth; several debts of an account are cut alike. */
function unpaidBy(
  accounts: readonly LendingAccount[],
  kept: (line: Line) => bigint,
): ReadonlyMap<string, bigint> {
  const unpaid = new Map<string, bigint>()
  for (const { pool, pledged, owed } of accounts) {
    const debt = sumOf(owed, kept)
    const missing = debt - sumOf(pledged, kept)
    if (debt <= 0n || missing <= 0n) continue
    for (const line of owed) {
      const key = `${pool}/${line.token}`
      unpaid.set(key, (unpaid.get(key) ?? 0n) + divFloor(kept(line) * missing, debt))
    }
  }
  return unpaid
}

/** All that suppliers could claim, or what is there for it where the lenders bear what borrowers do not pay. */
function receiptsWorth(
  { pool, chainId, token, cash, supplied, borrowed }: ReserveSheet,
  bearer: BadDebtBearer,
  { kept, unpaid }: { kept: (line: Line) => bigint; unpaid: ReadonlyMap<string, bigint> },
): bigint {
  const worth = (amount: bigint) => kept({ chainId, token, amount })
  const claimed = worth(supplied)
  if (bearer === 'guarantor') return claimed
  const there = worth(cash) + worth(borrowed) - (unpaid.get(`${pool}/${token}`) ?? 0n)
  return there <= 0n ? 0n : minBig(claimed, there)
}

function sumOf(lines: readonly Line[], value: (line: Line) => bigint): bigint {
  return lines.reduce((sum, line) => sum + value(line), 0n)
}
