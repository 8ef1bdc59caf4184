// The hands of a bridge's issuer and guardian: what an operator orders becomes transactions on the chains concerned,
// ahead of everything that waits for a block.
import type { Ports } from '@solvent/ports'
import { type ChainId, maxBig, type NodeId } from '@solvent/primitives'
import type {
  BridgeSpec,
  Call,
  ControlMessage,
  ControlReply,
  CustodyCall,
  NetworkSpec,
  PauseAuthority,
  SolventVocabulary,
} from '@solvent/protocol'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import type { ClaimCount } from './claim-count.ts'

export interface ContractAdminInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly bridge: BridgeSpec
  /** Whose part this node has. */
  readonly authorities: readonly PauseAuthority[]
  readonly sender: TransactionSender
  /** Null where there is no lock. */
  readonly claims: ClaimCount | null
}

export interface ContractAdmin {
  /** What became of an order, or null where it is none for an admin. */
  onControl(control: ControlMessage): ControlReply | null
}

type AdminCall =
  | Extract<Call, { kind: 'pause' | 'unpause' | 'upgrade' | 'price-token' | 'share-loss' }>
  | CustodyCall

export function createContractAdmin(
  { spec, node, bridge, authorities, sender, claims: counted }: ContractAdminInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock'>,
): ContractAdmin {
  let orders = 0

  /** Sends one call per chain, or says why this node may not. */
  function order(authority: PauseAuthority, calls: ReadonlyMap<ChainId, AdminCall>): ControlReply {
    if (!authorities.includes(authority) || bridge[authority].node !== node)
      return { kind: 'refused', reason: `not-the-${authority}` }
    const at = `${ports.clock.nowMs()}/${orders++}`
    for (const [chainId, call] of calls) {
      const priorityFeePerGas = spec.chains.find((chain) => chain.chainId === chainId)?.baseFee ?? 0n
      sender.send({ chainId, call, ref: `${call.kind}/${authority}/${at}`, priorityFeePerGas })
    }
    return { kind: 'done' }
  }

  function on(chains: readonly ChainId[], call: AdminCall): ReadonlyMap<ChainId, AdminCall> {
    const all = spec.chains.map(({ chainId }) => chainId)
    return new Map((chains.length === 0 ? all : chains).map((chainId) => [chainId, call]))
  }

  /** The token of an asset on every chain that its bridge reaches. */
  function priced({ symbol, priceE8 }: Extract<ControlMessage, { kind: 'price-asset' }>) {
    const ends = bridge.routes
      .filter((route) => route.symbol === symbol)
      .flatMap(({ home, wrapped }) => [home, ...wrapped])
    return new Map(
      ends.map(({ chainId, token }) => [
        chainId,
        { kind: 'price-token', bridge: bridge.address, token, priceE8 } as const,
      ]),
    )
  }

  return {
    onControl(control) {
      switch (control.kind) {
        case 'pause':
        case 'unpause':
          if (control.bridge !== bridge.address) return { kind: 'refused', reason: 'not-my-bridge' }
          return order(control.authority, on([], control))
        case 'upgrade': {
          if (control.contract !== bridge.address) return { kind: 'refused', reason: 'not-my-bridge' }
          const { on: chains, ...call } = control
          return order('issuer', on(chains, call))
        }
        case 'price-asset':
          if (control.bridge !== bridge.address) return { kind: 'refused', reason: 'not-my-bridge' }
          return order('guardian', priced(control))
        case 'share-loss': {
          if (control.bridge !== bridge.address) return { kind: 'refused', reason: 'not-my-bridge' }
          const home = bridge.routes.find(({ symbol }) => symbol === control.symbol)?.home
          if (home === undefined) return { kind: 'refused', reason: 'unknown-asset' }
          const since = control.claimsAt === 'genesis' ? (counted?.grownBy(control.symbol) ?? 0n) : 0n
          const claims = maxBig(0n, control.claims + since)
          const call = { kind: 'share-loss', bridge: bridge.address, token: home.token, claims } as const
          return order('issuer', on([home.chainId], call))
        }
        // The contract decides what its operator may.
        case 'custody':
          if (control.call.bridge !== bridge.address) return { kind: 'refused', reason: 'not-my-bridge' }
          return order('issuer', on([control.chainId], control.call))
        default:
          return null
      }
    },
  }
}
