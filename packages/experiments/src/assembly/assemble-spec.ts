// From a scenario to what every node knows: chains, tokens, bridges, parties.
import { asChainId, asNodeId, type Hash32, hashCanonical, parseUnits, secondsToMs } from '@solvent/primitives'
import type {
  BridgeRoute,
  BridgeSpec,
  ChainSpec,
  Consensus,
  Custody,
  NetworkSpec,
  Party,
  TokenSpec,
  ValidatorSet,
} from '@solvent/protocol'
import { INACTIVITY_QUOTIENT } from '@solvent/protocol'
import { excessOfFee } from '@solvent/settlement'
import { assembleControls } from '../controls/assemble-controls.ts'
import { derivativeSpecs } from '../derivatives/assemble-derivatives.ts'
import { stablecoinSpecs } from '../derivatives/assemble-stablecoins.ts'
import { purchaseSpecs } from '../derivatives/purchases.ts'
import { assembleLending } from '../lending/assemble-lending.ts'
import { isolatedMarketSpecs } from '../lending/isolated-markets.ts'
import { assembleOracles } from '../oracles/assemble-oracles.ts'
import { chainsOfAsset, decimalsOn, farChainsOf } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { producersOf, scenarioNodes } from '../scenario/node-names.ts'
import { proverName } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import {
  groupTitle,
  type ScenarioL1,
  securityOf,
  sharesOf,
  validatorGroups,
} from '../scenario/validator-groups.ts'
import { accountOf, bridgeAddress, settlerAddress, tokenAddress } from './addresses.ts'
import { marketSpecs } from './assemble-markets.ts'
import { assembleVerification } from './assemble-verification.ts'
import { bridgeControls } from './bridge-controls.ts'

const GWEI_DECIMALS = 9

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

function chainSpec(
  scenario: Scenario,
  name: string,
  producers: readonly Party[],
  party: (node: string) => Party,
): ChainSpec {
  const chain = scenario.chains[name]!
  return {
    chainId: asChainId(chain.id),
    name,
    slotMs: chain.slotMs,
    producers,
    settler: settlerAddress(name),
    gasLimit: chain.gasLimit,
    baseFee: parseUnits(chain.baseFeeGwei, GWEI_DECIMALS),
    ...feeMarket(chain),
    ...blobMarket(chain),
    ...preconfirmations(scenario, chain),
    ...(chain.kind === 'l1' ? {} : { flaws: chain.flaws }),
    consensus: consensus(scenario, name, party),
  }
}

function preconfirmations(
  { assets, gasAsset }: Scenario,
  { preconfirmations: terms }: Scenario['chains'][string],
): Pick<ChainSpec, 'preconfirmations'> {
  if (terms === undefined) return {}
  const { decimals } = assets[gasAsset]!
  const { bond, penalty, withinSlots } = terms
  return {
    preconfirmations: {
      bond: parseUnits(bond, decimals),
      penalty: parseUnits(penalty, decimals),
      withinSlots,
    },
  }
}

/** An L1's blobs, or when a rollup waits for cheaper ones. */
function blobMarket(chain: Scenario['chains'][string]): Pick<ChainSpec, 'blobMarket' | 'batchPolicy'> {
  if (chain.kind !== 'l1') {
    if (chain.batchPolicy === undefined) return {}
    const { maxBlobFeeGwei, maxDelaySeconds } = chain.batchPolicy
    const maxBlobBaseFee = parseUnits(maxBlobFeeGwei, GWEI_DECIMALS)
    return { batchPolicy: { maxBlobBaseFee, maxDelayMs: secondsToMs(maxDelaySeconds) } }
  }
  if (chain.blobs === undefined) return {}
  const { targetBlobs, maxBlobs, updateFraction, baseFeeGwei } = chain.blobs
  const equilibriumBlobBaseFee = parseUnits(baseFeeGwei, GWEI_DECIMALS)
  const genesisExcessBlobGas = excessOfFee({ updateFraction }, equilibriumBlobBaseFee)
  return {
    blobMarket: { targetBlobs, maxBlobs, updateFraction, equilibriumBlobBaseFee, genesisExcessBlobGas },
  }
}

/** A chain of which the file says only its base fee has a constant one. */
function feeMarket({ feeMarket, baseFeeGwei }: Scenario['chains'][string]): Pick<ChainSpec, 'feeMarket'> {
  if (feeMarket === undefined || feeMarket.kind === 'constant') return {}
  const { elasticity, denominator, minBaseFeeGwei, equilibriumBaseFeeGwei } = feeMarket
  return {
    feeMarket: {
      elasticity,
      denominator,
      minBaseFee: parseUnits(minBaseFeeGwei, GWEI_DECIMALS),
      equilibriumBaseFee: parseUnits(equilibriumBaseFeeGwei ?? baseFeeGwei, GWEI_DECIMALS),
    },
  }
}

function consensus(scenario: Scenario, name: string, party: (node: string) => Party): Consensus {
  const chain = scenario.chains[name]!
  if (chain.kind === 'l1')
    return {
      kind: 'l1',
      epochSlots: chain.epochSlots,
      finalityEpochs: chain.finalityEpochs,
      ...validatorsAt(scenario, name, party),
    }
  const { decimals } = scenario.assets[scenario.gasAsset]!
  const contracts = {
    l1: chainIdOf(scenario, chain.l1),
    batchIntervalMs: secondsToMs(chain.batchIntervalSeconds),
    sequencingWindowMs: secondsToMs(chain.sequencingWindowSeconds),
    forcedDelayMs: secondsToMs(chain.forcedDelaySeconds),
    ...(chain.delayBuffer === undefined ? {} : { delayBuffer: chain.delayBuffer }),
  }
  switch (chain.kind) {
    case 'optimistic':
      return {
        kind: 'optimistic',
        ...contracts,
        rootIntervalMs: secondsToMs(chain.rootIntervalSeconds),
        challengeWindowMs: secondsToMs(chain.challengeWindowSeconds),
        proposers: chain.proposers,
        rootBond: parseUnits(chain.rootBond, decimals),
        challengers: scenarioNodes(scenario)
          .challengers.filter((each) => each.chain === name)
          .map(({ node }) => ({ ...party(node), delayMs: secondsToMs(chain.challengers.delaySeconds) })),
      }
    case 'zk':
      return {
        kind: 'zk',
        ...contracts,
        proofIntervalMs: secondsToMs(chain.proofIntervalSeconds),
        provingMs: secondsToMs(chain.provingSeconds),
        executionDelayMs: secondsToMs(chain.executionDelaySeconds),
        prover: party(proverName(name)).address,
        proverFee: parseUnits(chain.proverFee, decimals),
      }
  }
}

/** Nothing where the file says nothing of validators and no fault cuts them: the default of the protocol. */
function validatorsAt(
  scenario: Scenario,
  chain: string,
  party: (node: string) => Party,
): { readonly validators?: ValidatorSet } {
  const producers = producersOf(scenarioNodes(scenario), chain).map(party)
  const security = securityOf(scenario, chain)
  const settings = scenario.chains[security] as ScenarioL1
  const isPlain = security === chain && settings.validators === undefined
  if (isPlain && sharesOf(scenario, chain).length === 2) return {}
  return {
    validators: {
      groups: validatorGroups(scenario, chain).map((group) => ({
        name: groupTitle(group),
        validators: group.validators,
        producer: producers[group.producer]!.address,
      })),
      stakedOn: chainIdOf(scenario, security),
      inactivityQuotient: settings.validators?.inactivityQuotient ?? INACTIVITY_QUOTIENT,
    },
  }
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

function bridgeSpec(
  scenario: Scenario,
  names: ReturnType<typeof scenarioNodes>['bridges'][number],
  party: (node: string) => Party,
): BridgeSpec {
  const bridge = scenario.bridges[names.bridge]!
  return {
    name: names.bridge,
    address: bridgeAddress(names.bridge),
    custody: custodyOf(scenario, bridge.custody),
    verification: assembleVerification(scenario, names, party),
    finality: bridge.finality,
    relayers: names.relayers.map(party),
    issuer: party(names.operator),
    guardian: party(names.operator),
    routes: Object.entries(bridge.assets).map(([symbol, route]): BridgeRoute => {
      const side = (chain: string) => ({
        chainId: chainIdOf(scenario, chain),
        token: tokenAddress(scenario, chain, symbol),
      })
      return { symbol, home: side(route.home), wrapped: farChainsOf(route).map(side) }
    }),
    sharedDecimals: bridge.sharedDecimals,
    flaws: bridge.flaws,
    ...bridgeControls(scenario, names.bridge),
  }
}

const RATE_DECIMALS = 18

function custodyOf(scenario: Scenario, custody: Scenario['bridges'][string]['custody']): Custody {
  if (custody.kind === 'hash-lock') {
    const { decimals } = scenario.assets[scenario.gasAsset]!
    return { ...custody, safetyDeposit: parseUnits(custody.safetyDeposit, decimals) }
  }
  if (custody.kind !== 'pool') return custody
  const { kink, r0, r1, r2 } = custody.fee
  return {
    kind: 'pool',
    fee: {
      kinkE18: parseUnits(kink, RATE_DECIMALS),
      r0E18: parseUnits(r0, RATE_DECIMALS),
      r1E18: parseUnits(r1, RATE_DECIMALS),
      r2E18: parseUnits(r2, RATE_DECIMALS),
    },
  }
}
