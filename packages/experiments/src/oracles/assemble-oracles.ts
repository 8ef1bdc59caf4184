// From a scenario's oracles to their contracts.
import { parseUnits } from '@solvent/primitives'
import {
  marketAddress,
  type Observed,
  type OracleSpec,
  type Party,
  type PriceSource,
  type SoundnessMeasure,
  vaultAddress,
} from '@solvent/protocol'
import { MOST_ORACLES_DEEP } from '@solvent/settlement'
import { bridgeAddress, lendingAddress, oracleAddress } from '../assembly/addresses.ts'
import { stableTerms } from '../assembly/stable-terms.ts'
import { lentToken } from '../lending/lent-asset.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import { reporterName } from '../scenario/node-names.ts'
import { vaultRange, vaultsOf } from '../scenario/range-vaults.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioOracle } from './oracle-schema.ts'

const PRICE_DECIMALS = 8
/** Wider than any price. */
const NO_LIMIT_E8 = 10n ** 40n

export function assembleOracles(scenario: Scenario, party: (node: string) => Party): OracleSpec[] {
  return Object.entries(scenario.oracles ?? {}).map(([name, oracle]) => ({
    name,
    address: oracleAddress(name),
    chainId: chainIdOf(scenario, oracle.chain),
    symbol: symbolOf(scenario, oracle),
    source: sourceOf(scenario, oracle, party),
  }))
}

function symbolOf({ gasAsset }: Scenario, oracle: ScenarioOracle): string {
  if (oracle.kind === 'measure') return `measure:${oracle.measure.of}`
  if (oracle.kind === 'lp-share') return `pair:${oracle.market}`
  if (oracle.kind === 'vault-share') return `vault:${oracle.vault}`
  return oracle.kind === 'uptime' ? gasAsset : oracle.asset
}

function sourceOf(scenario: Scenario, oracle: ScenarioOracle, party: (node: string) => Party): PriceSource {
  switch (oracle.kind) {
    case 'feed':
      return {
        kind: 'feed',
        ...(oracle.market === undefined ? {} : { observes: seenMarket(scenario, oracle, oracle.market) }),
        reporters: reportersOf(oracle, party),
        quorum: quorumOf(oracle),
        heartbeatSeconds: oracle.heartbeatSeconds,
        deviationBps: oracle.deviationBps,
        minAnswerE8: oracle.minAnswer === undefined ? -NO_LIMIT_E8 : priceE8(oracle.minAnswer),
        maxAnswerE8: oracle.maxAnswer === undefined ? NO_LIMIT_E8 : priceE8(oracle.maxAnswer),
        genesisE8: oracle.atGenesis === 'empty' ? null : priceE8(scenario.assets[oracle.asset]!.price),
      }
    case 'uptime':
      return {
        kind: 'feed',
        observes: { kind: 'sequencer', silenceSeconds: oracle.silenceSeconds },
        reporters: reportersOf(oracle, party),
        quorum: Math.floor(oracle.reporters / 2) + 1,
        heartbeatSeconds: oracle.heartbeatSeconds,
        deviationBps: 1,
        minAnswerE8: 0n,
        maxAnswerE8: 10n ** BigInt(PRICE_DECIMALS),
        genesisE8: 10n ** BigInt(PRICE_DECIMALS),
      }
    case 'measure':
      return {
        kind: 'feed',
        observes: { kind: 'soundness', measure: measureOf(oracle) },
        reporters: reportersOf(oracle, party),
        quorum: quorumOf(oracle),
        heartbeatSeconds: oracle.heartbeatSeconds,
        deviationBps: oracle.deviationBps,
        minAnswerE8: 0n,
        maxAnswerE8: 10n ** BigInt(PRICE_DECIMALS),
        genesisE8: 10n ** BigInt(PRICE_DECIMALS),
      }
    case 'delayed':
      return { kind: 'delayed', of: oracleAddress(oracle.of), hopSeconds: oracle.hopSeconds }
    case 'lp-share': {
      const { market, side, decimals0, decimals1 } = seenMarket(scenario, oracle, oracle.market)
      const [first, second] = side === 'token0' ? [oracle.of, oracle.other] : [oracle.other, oracle.of]
      const [of, other] = [oracleAddress(first), oracleAddress(second)]
      const { market: venue } = venuesOf(scenario).find(({ name }) => name === oracle.market)!
      return {
        ...{ kind: 'lp-share', market, of, other, decimals0, decimals1 },
        ...(venue.kind === 'stable-swap' ? { stable: stableTerms(scenario, venue) } : {}),
      }
    }
    case 'vault-share': {
      const found = vaultsOf(scenario).find(({ name }) => name === oracle.vault)!
      const { market, side, decimals0, decimals1 } = seenMarket(scenario, oracle, found.venue.name)
      const [first, second] = side === 'token0' ? [oracle.of, oracle.other] : [oracle.other, oracle.of]
      const { tickLower, tickUpper } = vaultRange(scenario, found)
      return {
        ...{ kind: 'vault-share', market, vault: vaultAddress(oracle.vault), tickLower, tickUpper },
        ...{ of: oracleAddress(first), other: oracleAddress(second), decimals0, decimals1 },
      }
    }
    case 'twap': {
      const { market, side, decimals0, decimals1 } = seenMarket(scenario, oracle, oracle.market)
      return {
        ...{ kind: 'twap', market, side, decimals0, decimals1 },
        of: oracleAddress(oracle.of),
        windowSeconds: oracle.windowSeconds,
        genesisE8: oracle.atGenesis === 'empty' ? null : priceE8(scenario.assets[oracle.asset]!.price),
      }
    }
    case 'same-as':
      return { kind: 'same-as', of: oracleAddress(oracle.of) }
    case 'peg':
      return { kind: 'peg', priceE8: priceE8(oracle.price) }
    case 'capped-rate':
      return {
        kind: 'capped-rate',
        of: oracleAddress(oracle.of),
        rate: oracleAddress(oracle.rate),
        snapshotRateE8: priceE8(oracle.snapshotRate),
        snapshotAt: Math.floor(Date.parse(scenario.start) / 1_000),
        maxYearlyGrowthBps: oracle.maxYearlyGrowthBps,
      }
    case 'receipt':
      return {
        kind: 'receipt',
        of: oracleAddress(oracle.of),
        pool: lendingAddress(oracle.pool),
        token: lentToken(scenario, oracle.chain, oracle.asset),
      }
  }
}

function seenMarket(
  scenario: Scenario,
  { asset }: Extract<ScenarioOracle, { kind: 'feed' | 'twap' | 'lp-share' | 'vault-share' }>,
  name: string,
): Extract<Observed, { kind: 'market' }> {
  const { market } = venuesOf(scenario).find((venue) => venue.name === name)!
  const [first, second] = pairOf(market)
  return {
    kind: 'market',
    market: marketAddress(name),
    side: first === asset ? 'token0' : 'token1',
    otherSymbol: first === asset ? second : first,
    decimals0: scenario.assets[first]!.decimals,
    decimals1: scenario.assets[second]!.decimals,
  }
}

function measureOf({ measure }: Extract<ScenarioOracle, { kind: 'measure' }>): SoundnessMeasure {
  return measure.of === 'backing'
    ? { of: 'backing', bridge: bridgeAddress(measure.bridge) }
    : { of: measure.of, pools: measure.pools.map(lendingAddress) }
}

function reportersOf(
  { chain, reporters }: { readonly chain: string; readonly reporters: number },
  party: (node: string) => Party,
): Party[] {
  return Array.from({ length: reporters }, (_, index) => party(reporterName(chain, index + 1)))
}

/** More than half of the reporters, unless the file says otherwise. */
export function quorumOf({
  reporters,
  quorum,
}: Extract<ScenarioOracle, { kind: 'feed' | 'measure' }>): number {
  return quorum ?? Math.floor(reporters / 2) + 1
}

/** How old an oracle's answer gets while everything works, seconds. */
export function usualAgeSeconds(scenario: Scenario, name: string, depth = 0): number {
  const oracle = scenario.oracles?.[name]
  if (oracle === undefined || depth > MOST_ORACLES_DEEP) return 0
  switch (oracle.kind) {
    case 'feed':
    case 'uptime':
    case 'measure':
      return oracle.heartbeatSeconds
    case 'delayed':
      return 2 * oracle.hopSeconds
    case 'peg':
      return 0
    case 'twap':
      return oracle.windowSeconds
    case 'lp-share':
    case 'vault-share':
      return Math.max(...[oracle.of, oracle.other].map((each) => usualAgeSeconds(scenario, each, depth + 1)))
    case 'capped-rate':
      return Math.max(...[oracle.of, oracle.rate].map((each) => usualAgeSeconds(scenario, each, depth + 1)))
    default:
      return usualAgeSeconds(scenario, oracle.of, depth + 1)
  }
}

function priceE8(price: string): bigint {
  return parseUnits(price, PRICE_DECIMALS)
}
