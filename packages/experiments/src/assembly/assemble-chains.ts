// From a scenario to a chain: its room, its markets for it, its consensus, its validators.
import { asChainId, parseUnits, secondsToMs } from '@solvent/primitives'
import type { ChainSpec, Consensus, Party, ValidatorSet } from '@solvent/protocol'
import { INACTIVITY_QUOTIENT } from '@solvent/protocol'
import { excessOfFee } from '@solvent/settlement'
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
import { settlerAddress } from './addresses.ts'

const GWEI_DECIMALS = 9

export function chainSpec(
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
