// Who owns what when the run begins: gas money, inventories, what orders need, and what bridges hold and have minted.
import { type Address, mulDivUp, parseUnits, SolventError } from '@solvent/primitives'
import { type AccountKind, type Genesis, type GenesisBalance, VALIDATOR_STAKE_GWEI } from '@solvent/protocol'
import { voteHoldings } from '../controls/assemble-authorities.ts'
import { derivativeHoldings } from '../derivatives/assemble-derivatives.ts'
import { lendingHoldings } from '../lending/assemble-lending.ts'
import { isolatedHoldings } from '../lending/isolated-markets.ts'
import { populationHoldings } from '../populations/assemble-populations.ts'
import { decimalsOn } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { venuesOf } from '../scenario/market-names.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import { ATTACKER } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { groupTitle, validatorGroups } from '../scenario/validator-groups.ts'
import { pathText } from '../scenario/yaml-place.ts'
import { accountOf, bridgeAddress, tokenAddress } from './addresses.ts'
import { marketHoldings } from './assemble-markets.ts'
import { bridgeHoldings, remainingSupply } from './bridge-holdings.ts'
import type { Holding } from './holding.ts'
import { shortages } from './stated-supply.ts'

/** Gas money of nodes that are not solvers, on every chain, in whole units of the gas asset. */
const NODE_GAS = '1000'
const WEI_PER_GWEI = 10n ** 9n

/** What participants hold, pools of markets and lending among them; not what bridges lock, nor who holds the rest. */
export function participantHoldings(scenario: Scenario, seed: string): Holding[] {
  return [
    ...nodeGas(scenario),
    ...solverHoldings(scenario),
    ...userHoldings(scenario),
    ...actorHoldings(scenario),
    ...marketHoldings(scenario),
    ...keeperHoldings(scenario),
    ...arbitrageurHoldings(scenario),
    ...makerHoldings(scenario),
    ...traderHoldings(scenario),
    // What lies in a lending pool is held, and no holder at home or far away has it a second time.
    ...lendingHoldings(scenario),
    ...isolatedHoldings(scenario),
    ...populationHoldings(scenario, seed),
    ...derivativeHoldings(scenario),
    ...voteHoldings(scenario),
  ]
}

/** @throws SolventError E_SCENARIO where amounts cannot all hold */
export function assembleGenesis(scenario: Scenario, seed: string): Genesis[] {
  const holdings = participantHoldings(scenario, seed)
  refuseShortage(scenario, holdings)
  const all = [...holdings, ...bridgeHoldings(scenario, holdings), ...remainingSupply(scenario, holdings)]
  const accounts = participantKinds(scenario).map(([name, kind]) => ({
    address: accountOf(seed, name),
    kind,
  }))
  return Object.keys(scenario.chains).map((chain) => ({
    chainId: chainIdOf(scenario, chain),
    accounts,
    balances: mergeBalances([
      ...stakes(scenario, chain),
      ...all
        .filter((holding) => holding.chain === chain)
        .map(({ symbol, kind, name, owner, amount, token }) => ({
          kind,
          owner:
            owner ??
            (kind === 'BRIDGE_LOCK' || kind === 'POOL' ? bridgeAddress(name) : accountOf(seed, name)),
          token: token ?? tokenAddress(scenario, chain, symbol),
          amount,
        })),
    ]),
  }))
}

/** A file is checked for it with the draws of its own seed; those of another may need more. */
function refuseShortage(scenario: Scenario, holdings: readonly Holding[]): void {
  const [shortage] = shortages(scenario, holdings)
  if (shortage === undefined) return
  const { path, problem, hint, ...details } = shortage
  throw new SolventError({
    code: 'E_SCENARIO',
    message: `With this seed ${problem}.`,
    details: { path: pathText(path), ...details },
    hint,
  })
}

/** What the validators that the file names have at stake on their chain. */
function stakes(scenario: Scenario, chain: string): GenesisBalance[] {
  const settings = scenario.chains[chain]
  if (settings?.kind !== 'l1' || settings.validators === undefined) return []
  return validatorGroups(scenario, chain).map((group) => ({
    kind: 'STAKE',
    owner: groupTitle(group),
    token: tokenAddress(scenario, chain, scenario.gasAsset),
    amount: BigInt(group.validators) * BigInt(VALIDATOR_STAKE_GWEI) * WEI_PER_GWEI,
  }))
}

/** Ledger kinds of participants; everyone else is a USER. */
function participantKinds(scenario: Scenario): [string, AccountKind][] {
  const nodes = scenarioNodes(scenario)
  return [
    ...nodes.solvers.map((name): [string, AccountKind] => [name, 'SOLVER']),
    [ATTACKER, 'ATTACKER'],
    ...nodes.sequencers.map(({ node }): [string, AccountKind] => [node, 'TREASURY']),
  ]
}

function nodeGas(scenario: Scenario): Holding[] {
  const nodes = scenarioNodes(scenario)
  const amount = parseUnits(NODE_GAS, scenario.assets[scenario.gasAsset]!.decimals)
  const names: [string, AccountKind][] = [
    ...nodes.sequencers.map(({ node }): [string, AccountKind] => [node, 'TREASURY']),
    ...nodes.challengers.map(({ node }): [string, AccountKind] => [node, 'USER']),
    ...nodes.bridges
      // Verifiers pay for votes only: on what waits in a limiter, and on who verifies next.
      .flatMap(({ parties, relayers }) => [...parties.map(({ node }) => node), ...relayers])
      .map((name): [string, AccountKind] => [name, 'USER']),
    ...[
      ...nodes.users,
      ...nodes.actors,
      ...nodes.keepers,
      ...nodes.populations,
      ...nodes.custodians,
      ...nodes.perpetualKeepers,
      ...nodes.hedgers,
      // Who pays rewards, or hands on what it slashes, needs something to pay with.
      ...(scenario.auctionTerms?.rewards === undefined && scenario.auctionTerms?.bonds === undefined
        ? []
        : nodes.auctioneers),
      ...nodes.arbitrageurs,
      ...nodes.marketMakers,
      ...nodes.providerCrowds,
      ...nodes.traders,
      ...nodes.reporters.map(({ node }) => node),
      ...nodes.stewards.map(({ node }) => node),
    ].map((name): [string, AccountKind] => [name, 'USER']),
  ]
  return Object.keys(scenario.chains).flatMap((chain) =>
    names.map(([name, kind]) => ({ chain, symbol: scenario.gasAsset, kind, name, amount })),
  )
}

function solverHoldings(scenario: Scenario): Holding[] {
  return Object.entries(scenario.solvers).flatMap(([name, { inventory }]) =>
    listHoldings(scenario, inventory, name, 'SOLVER'),
  )
}

function userHoldings(scenario: Scenario): Holding[] {
  return Object.entries(scenario.users).flatMap(([name, user]) => {
    const value = parseUnits(user.value.to, 8) * BigInt(user.orders)
    // Enough of every input for all orders to be on that pair at the largest value.
    const inputs = new Map(user.pairs.map(({ from }) => [`${from.chain}/${from.asset}`, from]))
    const needed = [...inputs.values()].map(({ chain, asset }): Holding => {
      const unit = parseUnits('1', decimalsOn(scenario, asset, chain))
      const amount = mulDivUp(value, unit, parseUnits(scenario.assets[asset]!.price, 8))
      return { chain, symbol: asset, kind: 'USER', name, amount }
    })
    return [...listHoldings(scenario, user.holdings, name, 'USER'), ...needed]
  })
}

function actorHoldings(scenario: Scenario): Holding[] {
  return Object.entries(scenario.actors).flatMap(([name, { holdings }]) =>
    listHoldings(scenario, holdings, name, 'USER'),
  )
}

function keeperHoldings(scenario: Scenario): Holding[] {
  return Object.entries(scenario.keepers ?? {}).flatMap(([name, { chain, holdings, funding }]) => [
    ...listHoldings(scenario, { [chain]: holdings }, name, 'USER'),
    ...(funding === undefined
      ? []
      : listHoldings(scenario, { [funding.chain]: funding.holdings }, name, 'USER')),
  ])
}

function arbitrageurHoldings(scenario: Scenario): Holding[] {
  return Object.entries(scenario.arbitrageurs ?? {}).flatMap(([name, { inventory }]) =>
    listHoldings(scenario, inventory, name, 'USER'),
  )
}

function makerHoldings(scenario: Scenario): Holding[] {
  return Object.entries(scenario.marketMakers ?? {}).flatMap(([name, { house, market, inventory }]) =>
    house === undefined
      ? holdingsAt(scenario, market, inventory, name)
      : listHoldings(scenario, { [scenario.perpetuals![house]!.chain]: inventory }, name, 'USER'),
  )
}

function traderHoldings(scenario: Scenario): Holding[] {
  return Object.entries(scenario.traders ?? {}).flatMap(([name, { market, holdings }]) =>
    holdingsAt(scenario, market, holdings, name),
  )
}

/** On the chain of a market. */
function holdingsAt(
  scenario: Scenario,
  market: string,
  amounts: Readonly<Record<string, string>>,
  name: string,
): Holding[] {
  const venue = venuesOf(scenario).find((each) => each.name === market)
  return venue === undefined ? [] : listHoldings(scenario, { [venue.market.chain]: amounts }, name, 'USER')
}

function listHoldings(
  scenario: Scenario,
  amounts: Readonly<Record<string, Readonly<Record<string, string>>>>,
  name: string,
  kind: AccountKind,
): Holding[] {
  return Object.entries(amounts).flatMap(([chain, bySymbol]) =>
    Object.entries(bySymbol).map(([symbol, amount]) => ({
      chain,
      symbol,
      kind,
      name,
      amount: parseUnits(amount, decimalsOn(scenario, symbol, chain)),
    })),
  )
}

/** One balance per account and token, zero balances dropped, in order of first mention. */
function mergeBalances(
  balances: readonly (GenesisBalance & { owner: string | Address })[],
): GenesisBalance[] {
  const merged = new Map<string, GenesisBalance>()
  for (const balance of balances) {
    const key = `${balance.kind}/${balance.owner}/${balance.token}`
    const known = merged.get(key)
    merged.set(key, { ...balance, amount: balance.amount + (known?.amount ?? 0n) })
  }
  return [...merged.values()].filter(({ amount }) => amount > 0n)
}
