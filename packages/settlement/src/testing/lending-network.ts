// A lending pool of ETH-like and dollar coins on the origin chain of the small network, with a feed for each, for tests.
import type { Address } from '@solvent/primitives'
import { RAY } from '@solvent/primitives'
import {
  contractAddress,
  type Genesis,
  type LendingPoolSpec,
  type LendingTerms,
  type NetworkSpec,
  type OracleSpec,
} from '@solvent/protocol'
import { address, gas, genesisOf, network, ORIGIN, party, rsEthOrigin, usdcOrigin } from './small-network.ts'

export const E8 = 10n ** 8n
export const ETHER = 10n ** 18n
export const USD = 10n ** 6n
export const poolAddress = contractAddress('lending', 'main')
export const ethOracle = contractAddress('oracle', 'eth-usd')
export const usdOracle = contractAddress('oracle', 'usdc-usd')

export function feed(
  name: string,
  genesisE8: bigint | null,
  { reporters = ['reporter'], quorum = 1 } = {},
): OracleSpec {
  return {
    name,
    address: contractAddress('oracle', name),
    chainId: ORIGIN,
    symbol: name,
    source: {
      kind: 'feed',
      reporters: reporters.map(party),
      quorum,
      heartbeatSeconds: 3_600,
      deviationBps: 50,
      minAnswerE8: -(10n ** 20n),
      maxAnswerE8: 10n ** 20n,
      genesisE8,
    },
  }
}

export const terms: LendingTerms = {
  decimals: 18,
  ltvBps: 8_000n,
  liquidationThresholdBps: 8_300n,
  liquidationBonusBps: 10_500n,
  liquidationProtocolFeeBps: 1_000n,
  reserveFactorBps: 1_500n,
  supplyCap: 0n,
  borrowCap: 0n,
  borrowing: 'enabled',
  status: 'active',
  liquidationGraceUntil: 0,
  rateCurve: {
    optimalUsageRay: (RAY * 9n) / 10n,
    baseRay: RAY / 100n,
    slope1Ray: (RAY * 4n) / 100n,
    slope2Ray: (RAY * 60n) / 100n,
  },
}

const rule = (oracle: Address) => ({ oracle, maxAgeSeconds: 4_000, floorE8: 1n, capE8: 10n ** 14n })

export const poolSpec: LendingPoolSpec = {
  name: 'main',
  address: poolAddress,
  chainId: ORIGIN,
  treasury: address('treasury'),
  reserves: [
    { token: rsEthOrigin, symbol: 'rsETH', price: rule(ethOracle), terms },
    { token: usdcOrigin, symbol: 'USDC', price: rule(usdOracle), terms: { ...terms, decimals: 6 } },
  ],
  eModes: [],
  engine: { kind: 'fixed-spread' },
  insurance: null,
  uptime: null,
}

export const lendingNetwork: NetworkSpec = {
  ...network,
  oracles: [feed('eth-usd', 2_000n * E8), feed('usdc-usd', E8)],
  lendingPools: [poolSpec],
}

/** As the small network's, with more of everything for its people: 100 rsETH and a million USDC each. */
export function lendingGenesis(more: Genesis['balances'] = []): Genesis {
  const { chainId, accounts, balances } = genesisOf(ORIGIN)
  const names = ['user', 'other-user', 'solver', 'rival', 'reporter', 'reporter-2', 'reporter-3', 'treasury']
  const given = names.flatMap((name) => {
    const kind = name === 'solver' || name === 'rival' ? ('SOLVER' as const) : ('USER' as const)
    const owner = address(name)
    return [
      { kind, owner, token: rsEthOrigin, amount: 100n * ETHER },
      { kind, owner, token: usdcOrigin, amount: 1_000_000n * USD },
      { kind, owner, token: gas, amount: ETHER },
    ]
  })
  return { chainId, accounts, balances: [...balances, ...given, ...more] }
}
