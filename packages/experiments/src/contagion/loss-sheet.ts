// Who lost how much to a shock: what each kind of holder has in the end without it, less what it has with it. Values are in the
// numeraire times 10^8; a gain is a negative loss.
import type { OrderOutcome } from '@solvent/nodes'
import type { Address } from '@solvent/primitives'
import { priceOf, valueE8 } from '@solvent/protocol'
import type { BadDebtBearer } from './claim-marks.ts'
import { heldParts, type Owners, ownersOf } from './held-parts.ts'
import { createMarks, pricesOf } from './holdings-sheet.ts'
import type { OwnerClass } from './owner-classes.ts'
import type { Trial } from './trial.ts'

/** Kinds of holders, in the order in which tables show them. */
export const lossClasses = [
  'solvers',
  'solver-lenders',
  'holders',
  'pool-providers',
  'market-providers',
  'lenders',
  'bad-debt',
  'borrowers',
  'traders',
  'insurers',
  'users',
  'intents',
  'refund-windfall',
  'actors',
  'producers',
] as const
export type LossClass = (typeof lossClasses)[number]

/** What each is, for tables. */
export const lossClassTitles: Readonly<Record<LossClass, string>> = {
  solvers: "solvers' owners, down to nothing",
  'solver-lenders': 'lenders of solvers that have less than nothing',
  holders: 'holders of assets who take no part',
  'pool-providers': "providers of bridges' pools",
  'market-providers': 'providers of markets',
  lenders: 'lenders to pools, bad debt aside',
  'bad-debt': 'whoever holds receipts of pools: debts that collateral does not cover',
  borrowers: 'borrowers, down to nothing',
  traders: 'keepers, arbitrageurs and market makers',
  insurers: 'insurance and cover funds, lenders of last resort, clearing houses, with all that lies in them',
  users: "users' own holdings",
  intents: 'users: what orders were worth to them beyond their limits',
  'refund-windfall': 'users: refunds of orders that had been filled',
  actors: 'actors who do not attack',
  producers: 'who keeps chains and bridges going: fees for gas, stakes and bonds kept',
}

export type LossSheet = Readonly<Record<LossClass, bigint>>

/** Who from outside pays in the end, so that a loss reaches nobody: what borrowers do not cover, and solvers' stocks of bridged assets. */
export type Outsider = 'guarantor' | 'inventory-buyer'

/** Loss by class: the first trial is without the shock. */
export function lossSheet(
  before: Trial,
  after: Trial,
  outsiders: ReadonlySet<Outsider> = new Set(),
): LossSheet {
  const owners = ownersOf(after)
  const [without, withShock] = [wealthOf(before, owners, outsiders), wealthOf(after, owners, outsiders)]
  return Object.fromEntries(
    lossClasses.map((each) => [each, without[each] - withShock[each]]),
  ) as unknown as LossSheet
}

export function totalLoss(sheet: LossSheet): bigint {
  return lossClasses.reduce((sum, each) => sum + sheet[each], 0n)
}

function wealthOf(trial: Trial, owners: Owners, outsiders: ReadonlySet<Outsider>): Record<LossClass, bigint> {
  const { report } = trial
  const guaranteed = heldBy(trial, owners, 'guarantor')
  const borne = outsiders.has('guarantor') ? guaranteed : heldBy(trial, owners, 'lenders')
  const sumOf = (held: Record<OwnerClass, bigint>) =>
    Object.values(held).reduce((sum, each) => sum + each, 0n)
  const bought = outsiders.has('inventory-buyer') ? inventoryHaircuts(trial) : new Map<string, bigint>()
  const equities = report.solvers.map(({ address, equityE8 }) => equityE8 + (bought.get(address) ?? 0n))
  const orders = ordersWorth(trial)
  return {
    ...guaranteed,
    'bad-debt': sumOf(borne) - sumOf(guaranteed),
    solvers: equities.reduce((sum, equity) => sum + (equity > 0n ? equity : 0n), 0n),
    'solver-lenders': equities.reduce((sum, equity) => sum + (equity < 0n ? equity : 0n), 0n),
    users: -report.welfare.haircutE8,
    intents: orders.surplusE8,
    'refund-windfall': orders.windfallE8,
  }
}

/** By kind of holder. */
function heldBy(trial: Trial, owners: Owners, bearer: BadDebtBearer): Record<OwnerClass, bigint> {
  const held: Record<OwnerClass, bigint> = {
    holders: 0n,
    'pool-providers': 0n,
    'market-providers': 0n,
    lenders: 0n,
    borrowers: 0n,
    traders: 0n,
    insurers: 0n,
    actors: 0n,
    producers: 0n,
  }
  for (const { of, keptE8 } of heldParts(trial, owners, bearer)) if (of !== null) held[of] += keptE8
  return held
}

/** By account, what the loss rule takes from stocks of bridged assets. */
export function inventoryHaircuts(trial: Trial): ReadonlyMap<string, bigint> {
  const { kept, face } = createMarks(trial)
  const lost = new Map<string, bigint>()
  for (const line of trial.report.balances)
    if (line.kind === 'SOLVER' || line.kind === 'USER')
      lost.set(line.owner, (lost.get(line.owner) ?? 0n) + face(line) - kept(line))
  return lost
}

/**
 * An order is worth its least output to its user. What a fill gives beyond is its surplus; an escrow that a false proof takes is lost; a
 * refund after a fill is a gift of the solver that was not paid.
 */
function ordersWorth({ plan, report }: Trial): { surplusE8: bigint; windfallE8: bigint } {
  const prices = pricesOf(plan)
  const worth = (chainId: number, address: Address, amount: bigint): bigint => {
    const token = plan.spec.tokens.find((each) => each.chainId === chainId && each.address === address)
    return token === undefined ? 0n : valueE8(amount, token.decimals, priceOf(prices, token.symbol))
  }
  let [surplusE8, windfallE8] = [0n, 0n]
  for (const order of report.orders) {
    const least = worth(order.outputChainId, order.outputToken, order.minAmount)
    const given = inputOf(order, worth)
    if (order.filled)
      surplusE8 += worth(order.outputChainId, order.outputToken, order.outputAmount ?? 0n) - least
    else if (order.stolen) surplusE8 -= least
    if (order.filled && order.refunded) windfallE8 += given
  }
  return { surplusE8, windfallE8 }
}

function inputOf(
  { originChainId, inputToken, inputAmount }: OrderOutcome,
  worth: (chainId: number, address: Address, amount: bigint) => bigint,
): bigint {
  return worth(originChainId, inputToken, inputAmount)
}
