// The token that a pool gives its providers: one for each pool of each bridge on each chain.
import type { Address, ChainId } from '@solvent/primitives'
import { contractAddress } from '../signing/account.ts'

/** Where the share token of a bridge's pool is. */
export function poolShareToken(bridge: Address, chainId: ChainId, token: Address): Address {
  return contractAddress('share', `${bridge}/${chainId}/${token}`)
}
