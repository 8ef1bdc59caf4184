// From a scenario's lending pools to their contracts, and to what is in them when the run begins.
import { BPS, parseUnits, RAY } from '@solvent/primitives'
import {
  debtToken,
  insuranceFund,
  type LendingPoolSpec,
  type LendingReserveSpec,
  type LendingTerms,
  type PriceRule,
  receiptToken,
} from '@solvent/protocol'
import { accountOf, lendingAddress, oracleAddress } from '../assembly/addresses.ts'
import type { Holding } from '../assembly/holding.ts'
import { usualAgeSeconds } from '../oracles/assemble-oracles.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { treasuryName } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { behindClaim } from './claims-at-start.ts'
import { engineOf } from './engine.ts'
import { insuranceOf } from './insurance.ts'
import type { ScenarioLendingPool } from './lending-schema.ts'
import { lentDecimals, lentToken } from './lent-asset.ts'

const PRICE_DECIMALS = 8
const LEAST_SLACK_SECONDS = 120
/** A peg never ages. */
const FOR_EVER = 2 ** 31

export function assembleLending(scenario: Scenario, seed: string): LendingPoolSpec[] {
  return Object.entries(scenario.lending ?? {}).map(([name, pool]) => {
    const tokens = (lent: readonly string[]) => lent.map((each) => lentToken(scenario, pool.chain, each))
    return {
      name,
      address: lendingAddress(name),
      chainId: chainIdOf(scenario, pool.chain),
      treasury: accountOf(seed, treasuryName(name)),
      reserves: Object.entries(pool.reserves).map(
        ([lent, reserve]): LendingReserveSpec => ({
          token: lentToken(scenario, pool.chain, lent),
          symbol: lent,
          price: priceRule(scenario, reserve),
          terms: termsOf(scenario, lent, reserve),
        }),
      ),
      engine: engineOf(scenario, pool),
      insurance: insuranceOf(lendingAddress(name), pool),
      eModes: Object.entries(pool.eModes).map(([eMode, terms]) => ({
        name: eMode,
        ...collateralTerms(terms),
        collateral: tokens(terms.collateral),
        borrowable: tokens(terms.borrowable),
      })),
      uptime:
        pool.uptime === undefined
          ? null
          : { oracle: oracleAddress(pool.uptime.oracle), graceSeconds: pool.uptime.graceSeconds },
    }
  })
}

type ScenarioReserve = ScenarioLendingPool['reserves'][string]

/** The reserve's parameters as the contract has them. */
export function termsOf(scenario: Scenario, lent: string, reserve: ScenarioReserve): LendingTerms {
  const { optimalUsageBps, baseBps, slope1Bps, slope2Bps } = reserve.rates
  return {
    ...collateralTerms(reserve),
    decimals: lentDecimals(scenario, lent),
    liquidationProtocolFeeBps: BigInt(reserve.liquidationProtocolFeeBps),
    reserveFactorBps: BigInt(reserve.reserveFactorBps),
    supplyCap: BigInt(reserve.supplyCap),
    borrowCap: BigInt(reserve.borrowCap),
    borrowing: reserve.borrowing,
    status: reserve.status,
    liquidationGraceUntil: 0,
    rateCurve: {
      optimalUsageRay: rayOf(optimalUsageBps),
      baseRay: rayOf(baseBps),
      slope1Ray: rayOf(slope1Bps),
      slope2Ray: rayOf(slope2Bps),
    },
  }
}

export function collateralTerms(
  terms: Pick<ScenarioReserve, 'ltvBps' | 'liquidationThresholdBps' | 'liquidationBonusBps'>,
) {
  return {
    ltvBps: BigInt(terms.ltvBps),
    liquidationThresholdBps: BigInt(terms.liquidationThresholdBps),
    liquidationBonusBps: BPS + BigInt(terms.liquidationBonusBps),
  }
}

/** How a contract uses an oracle that the file names. */
export function priceRule(
  scenario: Scenario,
  reserve: Pick<ScenarioReserve, 'oracle' | 'floor' | 'cap' | 'maxAgeSeconds'> &
    Partial<Pick<ScenarioReserve, 'corroboratedBy' | 'agreementBps'>>,
): PriceRule {
  const usual = usualAgeSeconds(scenario, reserve.oracle)
  const slack = Math.max(LEAST_SLACK_SECONDS, Math.ceil(usual / 10))
  const { corroboratedBy } = reserve
  return {
    oracle: oracleAddress(reserve.oracle),
    maxAgeSeconds: reserve.maxAgeSeconds ?? (usual === 0 ? FOR_EVER : usual + slack),
    floorE8: parseUnits(reserve.floor, PRICE_DECIMALS),
    capE8: parseUnits(reserve.cap, PRICE_DECIMALS),
    ...(corroboratedBy === undefined
      ? {}
      : {
          corroboration: { oracle: oracleAddress(corroboratedBy), deviationBps: reserve.agreementBps ?? 0 },
        }),
  }
}

function rayOf(bps: number): bigint {
  return (BigInt(bps) * RAY) / BPS
}

/** Cash, receipts and debt tokens of the positions that the file gives; one base unit is one scaled unit at genesis. */
export function lendingHoldings(scenario: Scenario): Holding[] {
  return Object.entries(scenario.lending ?? {}).flatMap(([pool, { chain, reserves, positions, insurance }]) =>
    Object.keys(reserves).flatMap((lent) => {
      const token = lentToken(scenario, chain, lent)
      const decimals = lentDecimals(scenario, lent)
      const contract = lendingAddress(pool)
      const held = (kind: Holding['kind'], name: string, of: Holding['token'], amount: bigint): Holding => ({
        chain,
        symbol: `${lent} in ${pool}`,
        kind,
        name,
        token: of,
        amount,
      })
      const holdings: Holding[] = []
      const stake = parseUnits(insurance?.stake[lent] ?? '0', decimals)
      let cash = stake
      for (const [name, { supplied, collateral, borrowed }] of Object.entries(positions)) {
        const [free, pledged, owed] = [supplied, collateral, borrowed].map((amounts) =>
          parseUnits(amounts[lent] ?? '0', decimals),
        ) as [bigint, bigint, bigint]
        cash += free + pledged - owed
        holdings.push(
          held('USER', name, receiptToken(contract, token), free),
          held('COLLATERAL', name, receiptToken(contract, token), pledged),
          held('BORROWER', name, debtToken(contract, token), owed),
        )
      }
      return [
        ...holdings,
        { ...held('POOL', pool, receiptToken(contract, token), stake), owner: insuranceFund(contract) },
        { ...held('POOL', pool, token, cash), symbol: lent, owner: contract },
        ...behindClaim(scenario, { chain, lent, amount: cash }),
      ]
    }),
  )
}
