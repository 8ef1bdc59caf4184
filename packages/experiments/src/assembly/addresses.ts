// Where things are: contract and token addresses from names, accounts from the run's seed.
import { type Address, ZERO_ADDRESS } from '@solvent/primitives'
import { addressOf, contractAddress, privateKeyOf } from '@solvent/protocol'
import type { Scenario } from '../scenario/scenario-schema.ts'

/** Accounts that are kept at most; a multiplication on the curve for each is what an assembly would cost most. */
const MOST_ACCOUNTS = 4_096
const accounts = new Map<string, Address>()

/** The account of a named participant: one key, the same address on every chain. */
export function accountOf(seed: string, name: string): Address {
  const owner = `${seed}/${name}`
  const known = accounts.get(owner)
  if (known !== undefined) return known
  const address = addressOf(privateKeyOf(seed, name))
  if (accounts.size >= MOST_ACCOUNTS) accounts.clear()
  accounts.set(owner, address)
  return address
}

/** The token of an asset on a chain; the zero address for the gas asset. */
export function tokenAddress(scenario: Scenario, chain: string, symbol: string): Address {
  return symbol === scenario.gasAsset ? ZERO_ADDRESS : contractAddress('token', `${chain}/${symbol}`)
}

export function settlerAddress(chain: string): Address {
  return contractAddress('settler', chain)
}

export function oracleAddress(oracle: string): Address {
  return contractAddress('oracle', oracle)
}

export function lendingAddress(pool: string): Address {
  return contractAddress('lending', pool)
}

export function bridgeAddress(bridge: string): Address {
  return contractAddress('bridge', bridge)
}
