// The most that one transfer may take out of the lock. Source: Ronin's withdrawal limits, which bounded the loss of
// August 2024 to 4,000 ETH and 2M USDC.
import { type Address, type ChainId, wholeUnit } from '@solvent/primitives'
import type { BridgeSpec } from '@solvent/protocol'
import type { NetworkIndex } from '../chain/network-index.ts'
import { routeOf, tokenOn } from './route.ts'

/** A release of `amount` base units of a token on a chain. */
export interface Withdrawal {
  readonly chainId: ChainId
  readonly token: Address
  readonly amount: bigint
}

/** Whether it is a release at home beyond the cap of its asset. */
export function isAboveCap(spec: BridgeSpec, { chainId, token, amount }: Withdrawal): boolean {
  if (spec.withdrawalCaps === undefined) return false
  const end = routeOf(spec, chainId, token)
  if (end?.side !== 'home') return false
  const cap = spec.withdrawalCaps.find(({ symbol }) => symbol === end.route.symbol)
  return cap !== undefined && amount > cap.amount
}

/** Whether what leaves a chain would arrive as such a release: then it is refused before it leaves. */
export function wouldExceedCap(
  index: NetworkIndex,
  spec: BridgeSpec,
  source: Withdrawal,
  dstChainId: ChainId,
): boolean {
  const route = routeOf(spec, source.chainId, source.token)?.route
  const token = route === undefined ? undefined : tokenOn(route, dstChainId)
  if (token === undefined) return false
  const sent = wholeUnit(index.token(source.chainId, source.token)?.decimals ?? 0)
  const received = wholeUnit(index.token(dstChainId, token)?.decimals ?? 0)
  return isAboveCap(spec, { chainId: dstChainId, token, amount: (source.amount * received) / sent })
}
