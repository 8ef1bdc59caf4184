// Who owns what when the run begins. What a bridge has minted on far chains is locked one to one at home; the
// claims that no participant holds belong to a passive account, `holders`.
import { type Address, mulDivUp, parseUnits, SolventError } from '@solvent/primitives'
import type { AccountKind, Genesis, GenesisBalance } from '@solvent/protocol'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { accountOf, bridgeAddress, tokenAddress } from './addresses.ts'
import { chainIdOf } from './assemble-spec.ts'

/** Gas money of nodes that are not solvers, on every chain, in whole units of the gas asset. */
const NODE_GAS = '1000'
export const HOLDERS = 'holders'
export const ATTACKER = 'attacker'

interface Holding {
  readonly chain: string
  readonly symbol: string
  readonly kind: AccountKind
  readonly name: string
  readonly amount: bigint
}

export function assembleGenesis(scenario: Scenario, seed: string): Genesis[] {
  const holdings = [...nodeGas(scenario), ...solverHoldings(scenario), ...userHoldings(scenario)]
  const all = [...holdings, ...bridgeHoldings(scenario, holdings), ...remainingSupply(scenario, holdings)]
  const accounts = participantKinds(scenario).map(([name, kind]) => ({
    address: accountOf(seed, name),
    kind,
  }))
  return Object.keys(scenario.chains).map((chain) => ({
    chainId: chainIdOf(scenario, chain),
    accounts,
    balances: mergeBalances(
      all
        .filter((holding) => holding.chain === chain)
        .map(({ symbol, kind, name, amount }) => ({
          kind,
          owner: kind === 'BRIDGE_LOCK' ? bridgeAddress(name) : accountOf(seed, name),
          token: tokenAddress(scenario, chain, symbol),
          amount,
        })),
    ),
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
    ...nodes.bridges.flatMap(({ relayers }) => relayers).map((name): [string, AccountKind] => [name, 'USER']),
    ...nodes.users.map((name): [string, AccountKind] => [name, 'USER']),
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
      const { decimals, price } = scenario.assets[asset]!
      const amount = mulDivUp(value, parseUnits('1', decimals), parseUnits(price, 8))
      return { chain, symbol: asset, kind: 'USER', name, amount }
    })
    return [...listHoldings(scenario, user.holdings, name, 'USER'), ...needed]
  })
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
      amount: parseUnits(amount, scenario.assets[symbol]!.decimals),
    })),
  )
}

/** The lock at home, and the far claims that no participant holds. */
function bridgeHoldings(scenario: Scenario, holdings: readonly Holding[]): Holding[] {
  return Object.entries(scenario.bridges).flatMap(([bridge, { assets }]) =>
    Object.entries(assets).flatMap(([symbol, route]) => {
      const { decimals } = scenario.assets[symbol]!
      const claims = Object.entries(route.claims).map(([chain, claim]) => ({
        chain,
        amount: parseUnits(claim, decimals),
      }))
      const locked = claims.reduce((sum, { amount }) => sum + amount, 0n)
      const passive = claims.map(({ chain, amount }): Holding => {
        const held = heldBy(holdings, chain, symbol)
        if (held > amount) {
          throw new SolventError({
            code: 'E_SCENARIO',
            message: `Participants hold more ${symbol} on ${chain} than bridge ${bridge} has minted there.`,
            details: {
              path: `bridges.${bridge}.assets.${symbol}.claims.${chain}`,
              claim: String(amount),
              held: String(held),
              unit: 'base units',
            },
            hint: 'Raise the claim, or lower inventories, holdings or order values.',
          })
        }
        return { chain, symbol, kind: 'USER', name: HOLDERS, amount: amount - held }
      })
      return [
        { chain: route.home, symbol, kind: 'BRIDGE_LOCK' as const, name: bridge, amount: locked },
        ...passive,
      ]
    }),
  )
}

/** Home-chain units of an asset with a stated supply that are neither locked nor held by a participant. */
function remainingSupply(scenario: Scenario, holdings: readonly Holding[]): Holding[] {
  return Object.entries(scenario.bridges).flatMap(([, { assets }]) =>
    Object.entries(assets).flatMap(([symbol, route]): Holding[] => {
      const { supply, decimals } = scenario.assets[symbol]!
      if (supply === undefined) return []
      const locked = Object.values(route.claims).reduce((sum, claim) => sum + parseUnits(claim, decimals), 0n)
      const rest = parseUnits(supply, decimals) - locked - heldBy(holdings, route.home, symbol)
      if (rest < 0n) {
        throw new SolventError({
          code: 'E_SCENARIO',
          message: `More ${symbol} is locked and held than its supply.`,
          details: { path: `assets.${symbol}.supply`, supply, tooMany: String(-rest), unit: 'base units' },
          hint: 'Raise the supply, or lower claims and holdings.',
        })
      }
      return [{ chain: route.home, symbol, kind: 'USER', name: HOLDERS, amount: rest }]
    }),
  )
}

function heldBy(holdings: readonly Holding[], chain: string, symbol: string): bigint {
  return holdings.reduce(
    (sum, holding) => (holding.chain === chain && holding.symbol === symbol ? sum + holding.amount : sum),
    0n,
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
