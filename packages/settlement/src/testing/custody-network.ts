// The network of small-network.ts with bridges of other kinds of custody: `mint` burns and mints the USDC of both rollups.
import type { BridgeSpec, NetworkSpec } from '@solvent/protocol'
import { contractAddress } from '@solvent/protocol'
import { DESTINATION, network, ORIGIN, usdcDestination, usdcOrigin } from './small-network.ts'

export const mint = contractAddress('bridge', 'mint')
/** Basis points that the issuer keeps. */
export const MINT_FEE_BPS = 14

const solidSpec = network.bridges[0] as BridgeSpec

const usdcRoute = {
  symbol: 'USDC',
  home: { chainId: ORIGIN, token: usdcOrigin },
  wrapped: [{ chainId: DESTINATION, token: usdcDestination }],
}

export const custodyNetwork: NetworkSpec = {
  ...network,
  bridges: [
    ...network.bridges,
    {
      ...solidSpec,
      name: 'mint',
      address: mint,
      custody: { kind: 'burn-mint', feeBps: MINT_FEE_BPS },
      routes: [usdcRoute],
    },
  ],
}
