// The accountant of a bridge's verifiers: what each chain has received of an asset less what it has sent. A transfer that
// would make a chain's balance negative is not attested: a chain that mints out of nothing, or a source that lies, cannot
// export more than came in. Source: Wormhole's global accountant (whitepaper 0011); the home chain's balance is what its
// blocks show as locked for messages that are still to be attested.
import { type ChainId, wholeUnit } from '@solvent/primitives'
import type { Block, BridgeMessage, BridgeRoute, BridgeSpec, NetworkSpec } from '@solvent/protocol'

export interface Accountant {
  /** Every followed block, in order: what is locked at home. */
  onBlock(block: Block): void
  onOrphaned(block: Block): void
  /** Whether the source has what the message carries away; proofs of fills carry nothing. */
  covers(message: BridgeMessage): boolean
  /** The message has been attested: its amount has moved. */
  apply(message: BridgeMessage): void
}

/** Amounts of tokens with different decimals are kept in 10^-18 units. */
const COMMON_DECIMALS = 18

/** The accountant of a bridge that has one, else null. */
export function createAccountant(spec: NetworkSpec, bridge: BridgeSpec): Accountant | null {
  if (bridge.accountant === undefined) return null
  const balances = new Map<string, bigint>()
  for (const { chainId, token, amount } of bridge.accountant.balances) {
    const route = routeOf(bridge, chainId, token)
    if (route !== undefined) add(route, chainId, scaled(chainId, token, amount))
  }

  function scaled(chainId: ChainId, token: string, amount: bigint): bigint {
    const decimals = spec.tokens.find((each) => each.chainId === chainId && each.address === token)?.decimals
    return amount * wholeUnit(COMMON_DECIMALS - (decimals ?? COMMON_DECIMALS))
  }

  function add({ symbol }: BridgeRoute, chainId: ChainId, amount: bigint): void {
    const key = `${symbol}/${chainId}`
    balances.set(key, (balances.get(key) ?? 0n) + amount)
  }

  /** What a message moves, from where to where. */
  function movementOf({ srcChainId, dstChainId, payload }: BridgeMessage) {
    if (payload.kind !== 'transfer') return null
    const route = routeOf(bridge, dstChainId, payload.token)
    return route === undefined
      ? null
      : { route, srcChainId, dstChainId, amount: scaled(dstChainId, payload.token, payload.amount) }
  }

  function locked({ header, receipts }: Block, sign: 1n | -1n): void {
    for (const { events } of receipts) {
      for (const event of events) {
        if (event.kind !== 'bridge-transfer' || event.step !== 'locked' || event.bridge !== bridge.address)
          continue
        const route = routeOf(bridge, header.chainId, event.token)
        if (route !== undefined)
          add(route, header.chainId, sign * scaled(header.chainId, event.token, event.amount))
      }
    }
  }

  return {
    onBlock: (block) => locked(block, 1n),
    onOrphaned: (block) => locked(block, -1n),
    covers(message) {
      const movement = movementOf(message)
      if (movement === null) return true
      const { route, srcChainId, amount } = movement
      return (balances.get(`${route.symbol}/${srcChainId}`) ?? 0n) >= amount
    },
    apply(message) {
      const movement = movementOf(message)
      if (movement === null) return
      const { route, srcChainId, dstChainId, amount } = movement
      add(route, srcChainId, -amount)
      // What comes home leaves the lock: it is no new balance there.
      if (dstChainId !== route.home.chainId) add(route, dstChainId, amount)
    },
  }
}

function routeOf({ routes }: BridgeSpec, chainId: ChainId, token: string): BridgeRoute | undefined {
  return routes.find(({ home, wrapped }) =>
    [home, ...wrapped].some((end) => end.chainId === chainId && end.token === token),
  )
}
