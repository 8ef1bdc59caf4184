// Who keeps a clearing house of perpetual futures: ends funding intervals that are over and liquidates accounts with too little margin, for
// half of the penalty. docs/models/perpetual.md.
import type { Node, Ports } from '@solvent/ports'
import { msToSeconds, type NodeId } from '@solvent/primitives'
import type { Block, NetworkSpec, PerpetualSpec, SolventVocabulary } from '@solvent/protocol'
import { PerpetualMirror, slotAt, timestampOf } from '@solvent/settlement'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'

export interface PerpetualKeeperInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly house: PerpetualSpec
}

export type PerpetualKeeperPorts = Omit<Ports<SolventVocabulary>, 'execution'>

export function createPerpetualKeeper(
  init: PerpetualKeeperInit,
): (ports: PerpetualKeeperPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, house } = init
    const { chainId, address } = house
    const chain = spec.chains.find((each) => each.chainId === chainId)
    if (chain === undefined) throw new Error(`The network has no chain ${chainId} for ${init.node} to keep.`)
    const genesisSeconds = Math.floor(msToSeconds(spec.genesisMs))
    const mirror = new PerpetualMirror(house, spec.oracles, genesisSeconds)
    /** What has been sent and is in no block yet, by what it is for. */
    const underWay = new Set<string>()
    let [won, lost] = [0, 0]

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains: [chainId], onBlock, onOrphaned },
        onIncluded({ ref, receipt }) {
          underWay.delete(ref.slice(0, ref.lastIndexOf('@')))
          if (!ref.startsWith('liquidate')) return
          if (receipt.status === 'ok') won += 1
          else lost += 1
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      mirror.followed(block)
      sender.onBlock(block)
      keep()
    }

    function onOrphaned(block: Block): void {
      mirror.orphaned(block)
    }

    function keep(): void {
      if (!follower.isCaughtUp(chainId)) return
      const next = slotAt(spec, chain!, ports.clock.nowMs()) + 1
      const atSeconds = timestampOf(spec, chain!, next)
      for (const market of mirror.fundingDue(atSeconds))
        send(`funding/${market}`, next, { kind: 'pay-funding', house: address, perpetual: market })
      for (const { account, owner, market } of mirror.liquidatable(atSeconds)) {
        const margin = account === owner ? 'cross' : 'isolated'
        send(`liquidate/${account}/${market}`, next, {
          kind: 'liquidate-perpetual',
          house: address,
          ...{ perpetual: market, margin, owner },
        })
      }
    }

    function send(what: string, slot: number, call: Parameters<typeof sender.send>[0]['call']): void {
      if (underWay.has(what)) return
      underWay.add(what)
      sender.send({ chainId, call, ref: `${what}@${slot}` })
    }

    return createChainWatchingNode(
      {
        ...{ spec, role: 'perpetual-keeper', chains: [chainId], follower, sender },
        summary: () => `${won} liquidations, ${lost} lost to others, ${sender.pending()} on their way`,
      },
      ports,
    )
  }
}
