// From a scenario to what every node knows: its parts, its tokens, its parties.
import { asNodeId, type Hash32, hashCanonical } from '@solvent/primitives'
import type { NetworkSpec, Party, TokenSpec } from '@solvent/protocol'
import { assembleControls } from '../controls/assemble-controls.ts'
import { derivativeSpecs } from '../derivatives/assemble-derivatives.ts'
import { stablecoinSpecs } from '../derivatives/assemble-stablecoins.ts'
import { purchaseSpecs } from '../derivatives/purchases.ts'
import { assembleLending } from '../lending/assemble-lending.ts'
import { isolatedMarketSpecs } from '../lending/isolated-markets.ts'
import { assembleOracles } from '../oracles/assemble-oracles.ts'
import { chainsOfAsset, decimalsOn } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { producersOf, scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { accountOf, bridgeAddress, tokenAddress } from './addresses.ts'
import { bridgeSpec } from './assemble-bridges.ts'
import { chainSpec } from './assemble-chains.ts'
import { marketSpecs } from './assemble-markets.ts'

/** Name of the operator identity that the launcher and the command line use. */
export const OPERATOR = asNodeId('operator')

export function assembleSpec(options: {
  readonly scenario: Scenario
  readonly hash: Hash32
  readonly seed: string
  readonly signatures: 'secp256k1' | 'stand-in'
}): NetworkSpec {
  const { scenario, hash, seed } = options
  const purchases = purchaseSpecs(scenario)
  const nodes = scenarioNodes(scenario)
  const party = (node: string): Party => ({ node: asNodeId(node), address: accountOf(seed, node) })
  return {
    networkId: hashCanonical({ hash, seed }),
    genesisMs: Date.parse(scenario.start),
    signatures: options.signatures,
    chains: Object.keys(scenario.chains).map((chain) =>
      chainSpec(scenario, chain, producersOf(nodes, chain).map(party), party),
    ),
    tokens: Object.keys(scenario.assets).flatMap((symbol) =>
      chainsOfAsset(scenario, symbol).map((chain) => tokenSpec(scenario, chain, symbol)),
    ),
    bridges: nodes.bridges.map((names) => bridgeSpec(scenario, names, party)),
    oracles: assembleOracles(scenario, party),
    lendingPools: assembleLending(scenario, seed),
    isolatedMarkets: isolatedMarketSpecs(scenario, seed),
    markets: marketSpecs(scenario, seed),
    stablecoins: stablecoinSpecs(scenario),
    derivatives: derivativeSpecs(scenario, seed),
    ...(purchases === undefined ? {} : { purchases }),
    controls: assembleControls(scenario, seed, party),
    auctioneers: nodes.auctioneers.map(party),
    ...sealCommittee(scenario, nodes.auctioneers),
    solvers: nodes.solvers.map(party),
    operators: [OPERATOR],
  }
}

/** The first auctioneers, as many as the file says. */
function sealCommittee(
  { auctionTerms }: Scenario,
  auctioneers: readonly string[],
): Pick<NetworkSpec, 'sealCommittee'> {
  const { committee } = auctionTerms ?? {}
  if (committee === undefined) return {}
  const members = auctioneers.slice(0, committee.members).map(asNodeId)
  return { sealCommittee: { members, threshold: committee.threshold } }
}

function tokenSpec(scenario: Scenario, chain: string, symbol: string): TokenSpec {
  const { transferFeeBps } = scenario.assets[symbol]!
  const carrier = Object.entries(scenario.bridges).find(
    ([, bridge]) => bridge.custody.kind === 'lock-mint' && chain in (bridge.assets[symbol]?.claims ?? {}),
  )
  return {
    chainId: chainIdOf(scenario, chain),
    address: tokenAddress(scenario, chain, symbol),
    symbol,
    decimals: decimalsOn(scenario, symbol, chain),
    wrappedBy: carrier === undefined ? null : bridgeAddress(carrier[0]),
    // A wrapped coin is the bridge's own and keeps nothing.
    ...(carrier === undefined && transferFeeBps > 0 ? { transferFeeBps } : {}),
  }
}
