// What an issuer counts as claims on its locks, from the blocks of all chains: what there was at genesis, what has been locked since, what was
// minted of messages that nobody has sent, less what genuine messages have released. Base units at home.
import { type ChainId, type Hash32, mulDivFloor, wholeUnit } from '@solvent/primitives'
import type { Block, BridgeRoute, BridgeSpec, NetworkSpec } from '@solvent/protocol'

export interface ClaimCount {
  /** Every followed block. */
  onBlock(block: Block): void
  onOrphaned(block: Block): void
  /** By how much the claims of an asset have grown since genesis. */
  grownBy(symbol: string): bigint
}

/** One message: how often its amount has left and arrived, and where. */
interface Crossing {
  readonly locked: bigint
  readonly burned: bigint
  readonly minted: bigint
  readonly released: bigint
}

type Step = keyof Crossing

const NOTHING: Crossing = { locked: 0n, burned: 0n, minted: 0n, released: 0n }

/** Counts all assets of a bridge that locks and mints. */
export function createClaimCount(spec: NetworkSpec, bridge: BridgeSpec): ClaimCount {
  const crossings = new Map<string, Map<Hash32, Crossing>>(
    bridge.routes.map(({ symbol }) => [symbol, new Map()]),
  )

  function note({ header: { chainId }, receipts }: Block, sign: 1n | -1n): void {
    for (const { events } of receipts)
      for (const event of events) {
        if (event.kind !== 'bridge-transfer' || event.bridge !== bridge.address || event.step === 'pooled')
          continue
        const route = routeOf(bridge, chainId, event.token)
        if (route === undefined) continue
        const known = crossings.get(route.symbol)!
        const before = known.get(event.message) ?? NOTHING
        const moved = sign * atHome(spec, route, chainId, event.amount)
        known.set(event.message, { ...before, [event.step]: before[event.step as Step] + moved })
      }
  }

  return {
    onBlock: (block) => note(block, 1n),
    onOrphaned: (block) => note(block, -1n),
    grownBy: (symbol) =>
      [...(crossings.get(symbol)?.values() ?? [])].reduce((sum, crossing) => sum + growthOf(crossing), 0n),
  }
}

/** A message that was sent is a claim until it has been paid, whatever it was paid; one that was not is a claim where it was minted. */
function growthOf({ locked, burned, minted, released }: Crossing): bigint {
  const forged = minted > locked ? minted - locked : 0n
  const paid = released > 0n ? burned : 0n
  return locked + forged - paid
}

function routeOf({ routes }: BridgeSpec, chainId: ChainId, token: string): BridgeRoute | undefined {
  return routes.find(({ home, wrapped }) =>
    [home, ...wrapped].some((end) => end.chainId === chainId && end.token === token),
  )
}

function atHome(
  { tokens }: NetworkSpec,
  { home, symbol }: BridgeRoute,
  chainId: ChainId,
  amount: bigint,
): bigint {
  const unitOn = (chain: ChainId) =>
    wholeUnit(tokens.find((each) => each.chainId === chain && each.symbol === symbol)?.decimals ?? 0)
  return mulDivFloor(amount, unitOn(home.chainId), unitOn(chainId))
}
