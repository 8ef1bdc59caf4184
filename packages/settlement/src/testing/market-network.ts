// The network of small-network.ts with a market for rsETH in the gas token on the origin: 4 and 5 ether in it, whose shares
// the other user holds.
import { isqrtFloor, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Genesis,
  type MarketDesign,
  type MarketSpec,
  marketAddress,
  marketShareToken,
  type NetworkSpec,
} from '@solvent/protocol'
import { MINIMUM_LIQUIDITY } from '../market/constant-product/pair.ts'
import { address, gas, genesisOf, network, ORIGIN, rsEthOrigin } from './small-network.ts'

const ETHER = 10n ** 18n
export const market = marketAddress('rseth-eth')
export const share = marketShareToken({ name: 'rseth-eth' })
export const RESERVE_0 = 4n * ETHER
export const RESERVE_1 = 5n * ETHER
export const SUPPLY = isqrtFloor(RESERVE_0 * RESERVE_1)

export function marketNetwork(design: MarketDesign): NetworkSpec {
  const spec: MarketSpec = {
    name: 'rseth-eth',
    chainId: ORIGIN,
    address: market,
    token0: rsEthOrigin,
    token1: gas,
    design,
  }
  return { ...network, markets: [spec] }
}

/** Who has what, with the pool and its shares or without. */
export function marketGenesis(pool: 'empty' | 'provided'): Genesis {
  const plain = genesisOf(ORIGIN)
  const provided: Genesis['balances'] = [
    { kind: 'POOL', owner: market, token: rsEthOrigin, amount: RESERVE_0 },
    { kind: 'POOL', owner: market, token: gas, amount: RESERVE_1 },
    { kind: 'USER', owner: address('other-user'), token: share, amount: SUPPLY - MINIMUM_LIQUIDITY },
    { kind: 'USER', owner: ZERO_ADDRESS, token: share, amount: MINIMUM_LIQUIDITY },
  ]
  return { ...plain, balances: [...plain.balances, ...(pool === 'empty' ? [] : provided)] }
}
