// Who lost how much to a shock: what each kind of holder has in the end without it, less what it has with it. Values are in the
// numeraire times 10^8; a gain is a negative loss.
import type { OrderOutcome } from '@solvent/nodes'
import type { Address } from '@solvent/primitives'
import { priceOf, valueE8 } from '@solvent/protocol'
import { accountOf } from '../assembly/addresses.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import { HOLDERS } from '../scenario/reserved-names.ts'
import { createMarks, pricesOf } from './holdings-sheet.ts'
import { attacks, RECAPITALISER } from './shock.ts'
import type { Trial } from './trial.ts'

/** Kinds of holders, in the order in which tables show them. */
export const lossClasses = [
  'solvers',
  'solver-lenders',
  'holders',
  'pool-providers',
  'users',
  'intents',
  'refund-windfall',
  'actors',
] as const
export type LossClass = (typeof lossClasses)[number]

/** What each is, for tables. */
export const lossClassTitles: Readonly<Record<LossClass, string>> = {
  solvers: "solvers' owners, down to nothing",
  'solver-lenders': 'lenders of solvers that have less than nothing',
  holders: 'holders of assets who take no part',
  'pool-providers': "providers of bridges' pools",
  users: "users' own holdings",
  intents: 'users: what orders were worth to them beyond their limits',
  'refund-windfall': 'users: refunds of orders that had been filled',
  actors: 'actors who do not attack',
}

export type LossSheet = Readonly<Record<LossClass, bigint>>

/** Loss by class: the first trial is without the shock. */
export function lossSheet(before: Trial, after: Trial): LossSheet {
  const [without, withShock] = [wealthOf(before), wealthOf(after)]
  return Object.fromEntries(
    lossClasses.map((each) => [each, without[each] - withShock[each]]),
  ) as unknown as LossSheet
}

export function totalLoss(sheet: LossSheet): bigint {
  return lossClasses.reduce((sum, each) => sum + sheet[each], 0n)
}

function wealthOf(trial: Trial): Record<LossClass, bigint> {
  const { plan, report } = trial
  const { kept } = createMarks(trial)
  const nodes = scenarioNodes(plan.scenario)
  const heldBy = (owners: ReadonlySet<string>): bigint =>
    report.balances.reduce(
      (sum, line) => (line.kind === 'USER' && owners.has(line.owner) ? sum + kept(line) : sum),
      0n,
    )
  const addresses = (names: readonly string[]): ReadonlySet<Address> =>
    new Set(names.map((name) => accountOf(plan.seed, name)))
  const orders = ordersWorth(trial)
  const honest = nodes.actors.filter(
    (name) => name !== RECAPITALISER && !attacks(plan.scenario.actors[name]!),
  )
  return {
    solvers: report.solvers.reduce((sum, { equityE8 }) => sum + (equityE8 > 0n ? equityE8 : 0n), 0n),
    'solver-lenders': report.solvers.reduce((sum, { equityE8 }) => sum + (equityE8 < 0n ? equityE8 : 0n), 0n),
    holders: heldBy(addresses([HOLDERS])),
    'pool-providers': heldBy(addresses(poolOperators(trial))),
    users: -report.welfare.haircutE8,
    intents: orders.surplusE8,
    'refund-windfall': orders.windfallE8,
    actors: heldBy(addresses(honest)),
  }
}

/** Who holds the shares of pools whose providers have no name. */
function poolOperators({ plan }: Trial): string[] {
  return scenarioNodes(plan.scenario).bridges.flatMap(({ bridge, operator }) =>
    plan.scenario.bridges[bridge]!.custody.kind === 'pool' ? [operator] : [],
  )
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
