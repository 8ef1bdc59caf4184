// From a scenario's limiter and caps to what the contracts enforce.
import { asChainId, parseUnits } from '@solvent/primitives'
import type {
  BridgeSpec,
  DepartureLimit,
  TransferAccountant,
  TransferGovernor,
  TransferLimiter,
} from '@solvent/protocol'
import { chainsOfAsset, decimalsOn } from '../scenario/asset-chains.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { verifierCount } from '../scenario/verifier-count.ts'
import { oracleAddress, tokenAddress } from './addresses.ts'

const E8 = 8

type ControlKey = 'limiter' | 'governor' | 'departureLimits' | 'accountant' | 'withdrawalCaps' | 'recovery'
type Governor = NonNullable<Scenario['bridges'][string]['governor']>
type Limits = Omit<Governor, 'oracles'>

/** The keys of a bridge's specification that bound its loss; absent where the scenario has none. */
export function bridgeControls(scenario: Scenario, name: string): Pick<BridgeSpec, ControlKey> {
  const { limiter, governor, departureLimits, accountant, withdrawalCap, recovery } = scenario.bridges[name]!
  const caps = Object.entries(withdrawalCap).map(([symbol, amount]) => ({
    symbol,
    amount: parseUnits(amount, scenario.assets[symbol]!.decimals),
  }))
  return {
    recovery,
    ...(limiter === undefined ? {} : { limiter: limiterOf(scenario, name) }),
    ...(governor === undefined ? {} : { governor: governorOf(scenario, governor) }),
    ...(departureLimits.length === 0 ? {} : { departureLimits: departuresOf(scenario, name) }),
    ...(accountant ? { accountant: accountantOf(scenario, name) } : {}),
    ...(caps.length === 0 ? {} : { withdrawalCaps: caps }),
  }
}

function accountantOf(scenario: Scenario, name: string): TransferAccountant {
  return {
    balances: Object.entries(scenario.bridges[name]!.assets).flatMap(([symbol, { claims }]) =>
      Object.entries(claims).map(([chain, claim]) => ({
        chainId: idOf(scenario, chain),
        token: tokenAddress(scenario, chain, symbol),
        amount: parseUnits(claim, decimalsOn(scenario, symbol, chain)),
      })),
    ),
  }
}

function departuresOf(scenario: Scenario, name: string): DepartureLimit[] {
  return scenario.bridges[name]!.departureLimits.map(({ asset, from, to, capacity, perSecond }) => {
    const decimals = decimalsOn(scenario, asset, from)
    return {
      chainId: idOf(scenario, from),
      token: tokenAddress(scenario, from, asset),
      dstChainId: idOf(scenario, to),
      capacity: parseUnits(capacity, decimals),
      refillPerSecond: parseUnits(perSecond, decimals),
    }
  })
}

function limiterOf(scenario: Scenario, name: string): TransferLimiter {
  const { limiter } = scenario.bridges[name]!
  const verifiers = verifierCount(scenario.bridges[name]!)
  // Wormhole: 13 of 19 release, 7 of 19 delete.
  const forceRelease = limiter!.forceRelease ?? Math.floor((verifiers * 2) / 3) + 1
  return {
    ...limitsOf(scenario, limiter!),
    forceRelease,
    censor: limiter!.censor ?? Math.max(1, verifiers - forceRelease + 1),
  }
}

/** The limits, and where prices come from: a feed's answer is good for its heartbeat and a tenth. */
function governorOf(scenario: Scenario, governor: Governor): TransferGovernor {
  const limits = limitsOf(scenario, governor)
  const sources = Object.entries(governor.oracles).flatMap(([symbol, name]) => {
    const oracle = scenario.oracles?.[name]
    if (oracle?.kind !== 'feed') return []
    const source = {
      chainId: idOf(scenario, oracle.chain),
      oracle: oracleAddress(name),
      maxAgeSeconds: Math.ceil(oracle.heartbeatSeconds * 1.1),
    }
    return chainsOfAsset(scenario, symbol).map((chain) => ({
      token: tokenAddress(scenario, chain, symbol),
      at: idOf(scenario, chain),
      source,
    }))
  })
  const tokens = limits.tokens.map((tracked) => {
    const found = sources.find(({ at, token }) => at === tracked.chainId && token === tracked.token)
    return found === undefined ? tracked : { ...tracked, source: found.source }
  })
  return { ...limits, tokens }
}

function limitsOf(scenario: Scenario, limits: Limits): Omit<TransferLimiter, 'forceRelease' | 'censor'> {
  const { windowSeconds, delaySeconds, chains, floors, flowCancel } = limits
  return {
    windowSeconds,
    delaySeconds,
    chains: Object.entries(chains).map(([chain, { single, window }]) => ({
      chainId: idOf(scenario, chain),
      singleE8: parseUnits(single, E8),
      windowE8: parseUnits(window, E8),
    })),
    tokens: Object.entries(floors).flatMap(([symbol, floor]) =>
      chainsOfAsset(scenario, symbol).map((chain) => ({
        chainId: idOf(scenario, chain),
        token: tokenAddress(scenario, chain, symbol),
        floorE8: parseUnits(floor, E8),
        dynamicE8: parseUnits(scenario.assets[symbol]!.price, E8),
      })),
    ),
    flowCancel: flowCancel.map(({ asset, from, to }) => ({
      symbol: asset,
      from: idOf(scenario, from),
      to: idOf(scenario, to),
    })),
  }
}

function idOf(scenario: Scenario, chain: string) {
  return asChainId(scenario.chains[chain]!.id)
}
