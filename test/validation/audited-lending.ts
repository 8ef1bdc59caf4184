// A lending pool on a real chain under audit, for tests with rules altered.
import {
  contractAddress,
  type LendingPoolSpec,
  type LiquidationEngine,
  type OracleSpec,
} from '@solvent/protocol'
import type { SettlementRules } from '@solvent/settlement'
import { AuditedNetwork, address, ORIGIN, party, rsEthFar, usdc } from './audited-network.ts'

export const E8 = 10n ** 8n
const RAY = 10n ** 27n
export const ETHER = 10n ** 18n
export const pool = contractAddress('lending', 'main')
export const ethOracle = contractAddress('oracle', 'eth-usd')
export const usdOracle = contractAddress('oracle', 'usdc-usd')
export const HEARTBEAT = 3_600

const feed = (name: string, genesisE8: bigint): OracleSpec => ({
  name,
  address: contractAddress('oracle', name),
  chainId: ORIGIN,
  symbol: name,
  source: {
    kind: 'feed',
    reporters: [party('relayer')],
    quorum: 1,
    heartbeatSeconds: HEARTBEAT,
    deviationBps: 50,
    minAnswerE8: -(10n ** 30n),
    maxAnswerE8: 10n ** 30n,
    genesisE8,
  },
})

const terms: LendingPoolSpec['reserves'][number]['terms'] = {
  decimals: 18,
  ltvBps: 8_000n,
  liquidationThresholdBps: 8_300n,
  liquidationBonusBps: 10_500n,
  liquidationProtocolFeeBps: 1_000n,
  reserveFactorBps: 1_000n,
  supplyCap: 0n,
  borrowCap: 0n,
  borrowing: 'enabled',
  status: 'active',
  liquidationGraceUntil: 0,
  rateCurve: { optimalUsageRay: (RAY * 8n) / 10n, baseRay: RAY / 50n, slope1Ray: RAY / 20n, slope2Ray: RAY },
}
const rule = (oracle: typeof pool) => ({
  oracle,
  maxAgeSeconds: HEARTBEAT + 600,
  floorE8: 1n,
  capE8: 10n ** 20n,
})

export const lendingPools = (
  engine: LiquidationEngine,
  name = 'main',
  insurance: LendingPoolSpec['insurance'] = null,
): LendingPoolSpec[] => [
  {
    name,
    address: contractAddress('lending', name),
    chainId: ORIGIN,
    treasury: address('guardian'),
    reserves: [
      { token: rsEthFar, symbol: 'rsETH', price: rule(ethOracle), terms },
      { token: usdc, symbol: 'USDC', price: rule(usdOracle), terms: { ...terms, decimals: 6 } },
    ],
    eModes: [],
    engine,
    insurance,
    uptime: null,
  },
]

/** A coin of 100,000, so that a million base units are more than dust. Alice pledges 100,000 in ether and owes 70,000. */
export function lend(
  rules: Partial<SettlementRules> = {},
  engine: LiquidationEngine = { kind: 'fixed-spread' },
): AuditedNetwork {
  return borrowed(
    new AuditedNetwork({ rules, contracts: { oracles: feeds(), lendingPools: lendingPools(engine) } }),
  )
}

export const feeds = (): OracleSpec[] => [feed('eth-usd', 2_000n * E8), feed('usdc-usd', 100_000n * E8)]

/** The loan of alice in the pool. */
export function borrowed(network: AuditedNetwork): AuditedNetwork {
  network.done(ORIGIN, 'atlas', { kind: 'supply', pool, token: usdc, amount: 1_000_000n })
  network.done(ORIGIN, 'alice', { kind: 'supply', pool, token: rsEthFar, amount: 50n * ETHER })
  network.done(ORIGIN, 'alice', { kind: 'borrow', pool, token: usdc, amount: 700_000n })
  return network
}

export const post = (network: AuditedNetwork, dollars: bigint, round: number, second?: number) =>
  network.done(
    ORIGIN,
    'relayer',
    { kind: 'post-price', oracle: ethOracle, round, answerE8: dollars * E8 },
    second,
  )
