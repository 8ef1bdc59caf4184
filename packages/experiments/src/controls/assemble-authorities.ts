// From a scenario's authorities to their contracts, and to the rules by which their first members act.
import type { RatioRule, RiskRule } from '@solvent/nodes'
import { BPS, parseUnits, wholeUnit } from '@solvent/primitives'
import {
  type AuthoritySpec,
  controlAddress,
  type Party,
  type TermsChange,
  type TokenVote,
} from '@solvent/protocol'
import { accountOf, lendingAddress, oracleAddress, tokenAddress } from '../assembly/addresses.ts'
import type { Holding } from '../assembly/holding.ts'
import { lentToken } from '../lending/lent-asset.ts'
import { decimalsOn } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioAuthority } from './control-schema.ts'

export function assembleAuthorities(
  scenario: Scenario,
  seed: string,
  party: (node: string) => Party,
): AuthoritySpec[] {
  const { stewards } = scenarioNodes(scenario)
  return Object.entries(scenario.controls?.authorities ?? {}).map(([name, authority]) => {
    const { chain, bounds, accounts } = authority
    return {
      name,
      address: controlAddress(name),
      chainId: chainIdOf(scenario, chain),
      members: stewards.filter((each) => each.authority === name).map(({ node }) => party(node)),
      ...(authority.weights === undefined ? {} : { weights: authority.weights }),
      quorum: quorumOf(authority),
      ...(authority.vote === undefined ? {} : { tokenVote: tokenVote(scenario, authority) }),
      votingDelaySeconds: authority.votingDelaySeconds,
      executionDelaySeconds: authority.executionDelaySeconds,
      pools: authority.pools.map(lendingAddress),
      bounds:
        bounds === undefined
          ? null
          : { maxStepBps: BigInt(bounds.maxStepBps), minIntervalSeconds: bounds.minIntervalSeconds },
      tokens: Object.entries(authority.assets).map(([symbol, powers]) => ({
        token: tokenAddress(scenario, chain, symbol),
        powers,
        accounts: accounts?.map((account) => accountOf(seed, account)) ?? null,
      })),
    }
  })
}

function tokenVote(scenario: Scenario, { chain, vote }: ScenarioAuthority): TokenVote {
  const { asset, proposalThreshold, quorum, periodSeconds } = vote!
  const decimals = decimalsOn(scenario, asset, chain)
  return {
    token: tokenAddress(scenario, chain, asset),
    proposalThreshold: parseUnits(proposalThreshold, decimals),
    quorum: parseUnits(quorum, decimals),
    votingPeriodSeconds: periodSeconds,
  }
}

/** What members vote with where holders of an asset do. */
export function voteHoldings(scenario: Scenario): Holding[] {
  const { stewards } = scenarioNodes(scenario)
  return Object.entries(scenario.controls?.authorities ?? {}).flatMap(([name, { chain, vote, weights }]) => {
    if (vote === undefined || weights === undefined) return []
    const unit = wholeUnit(decimalsOn(scenario, vote.asset, chain))
    return stewards
      .filter((each) => each.authority === name)
      .map(({ node }, index) => ({
        ...{ chain, symbol: vote.asset, kind: 'USER' as const, name: node },
        amount: BigInt(weights[index] ?? 0) * unit,
      }))
  })
}

export function quorumOf(authority: ScenarioAuthority): number {
  return authority.quorum ?? Math.floor(allVotes(authority) / 2) + 1
}

export function allVotes({ members, weights }: ScenarioAuthority): number {
  return weights?.reduce((sum, weight) => sum + weight, 0) ?? members
}

export function riskRules(scenario: Scenario, authority: string): RiskRule[] {
  const { chain, rules } = scenario.controls!.authorities[authority]!
  return rules.map(({ pool, asset, oracle, fallBps, windowSeconds, ...terms }) => ({
    pool: lendingAddress(pool),
    token: lentToken(scenario, chain, asset),
    oracle: oracleAddress(oracle),
    fallBps,
    windowSeconds,
    target: termsChange(terms),
  }))
}

export function ratioRules(scenario: Scenario, authority: string): RatioRule[] {
  const { chain, ratios } = scenario.controls!.authorities[authority]!
  return ratios.map(({ pool, asset, oracle, intervalSeconds, decayBps, deviationsE2, ...rule }) => ({
    pool: lendingAddress(pool),
    token: lentToken(scenario, chain, asset),
    oracle: oracleAddress(oracle),
    intervalSeconds,
    fall: {
      decayBps: BigInt(decayBps),
      deviationsE2: BigInt(deviationsE2),
      horizon: BigInt(rule.horizonIntervals),
      floorBps: 1n,
      capBps: BPS,
    },
    floorLtvBps: BigInt(rule.floorLtvBps),
    leastStepBps: BigInt(rule.leastStepBps),
  }))
}

export interface WrittenTerms {
  readonly ltvBps?: number | undefined
  readonly liquidationThresholdBps?: number | undefined
  readonly supplyCap?: number | undefined
  readonly borrowCap?: number | undefined
  readonly status?: TermsChange['status'] | undefined
}

export function termsChange(terms: WrittenTerms): TermsChange {
  const given = (value: number | undefined): bigint | null => (value === undefined ? null : BigInt(value))
  return {
    ltvBps: given(terms.ltvBps),
    liquidationThresholdBps: given(terms.liquidationThresholdBps),
    supplyCap: given(terms.supplyCap),
    borrowCap: given(terms.borrowCap),
    status: terms.status ?? null,
  }
}
