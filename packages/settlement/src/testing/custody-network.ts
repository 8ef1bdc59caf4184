// The network of small-network.ts with bridges of other kinds of custody: `mint` burns and mints the USDC of both
// rollups; `depot` pays it from pools, which hold nothing at first; `swap` locks it under hashes.
import type { BridgeSpec, NetworkSpec } from '@solvent/protocol'
import { contractAddress } from '@solvent/protocol'
import { DESTINATION, network, ORIGIN, usdcDestination, usdcOrigin } from './small-network.ts'

export const mint = contractAddress('bridge', 'mint')
export const depot = contractAddress('bridge', 'depot')
export const swap = contractAddress('bridge', 'swap')
export const SAFETY_DEPOSIT = 5_000n
/** Seconds; the destination's lock ends before the source's. */
export const windows = {
  source: { withdrawAfter: 10, publicWithdrawAfter: 60, cancelAfter: 120, publicCancelAfter: 150 },
  destination: { withdrawAfter: 10, publicWithdrawAfter: 40, cancelAfter: 80, publicCancelAfter: 100 },
}
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
    {
      ...solidSpec,
      name: 'depot',
      address: depot,
      // UMIP-136: ETH. No fee at no utilisation, 8 % a year at 65 %, 108 % at full use.
      custody: {
        kind: 'pool',
        fee: { kinkE18: 65n * 10n ** 16n, r0E18: 0n, r1E18: 8n * 10n ** 16n, r2E18: 10n ** 18n },
      },
      routes: [usdcRoute],
    },
    {
      ...solidSpec,
      name: 'swap',
      address: swap,
      custody: { kind: 'hash-lock', ...windows, safetyDeposit: SAFETY_DEPOSIT },
      verification: { kind: 'none' },
      routes: [usdcRoute],
    },
  ],
}
