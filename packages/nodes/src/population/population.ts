// A population: many people with small minds behind one node, which follows the chain of their pool and sends what they decide as
// transactions of its account. docs/models/population.md.
import type { Node, Ports, TimerId } from '@solvent/ports'
import { msToSeconds } from '@solvent/primitives'
import type { Block, SolventVocabulary } from '@solvent/protocol'
import { CreditView } from '@solvent/settlement'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'
import { PriceFall } from '../parts/price-fall.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import { BorrowerDesk } from './borrower-desk.ts'
import type { PopulationInit } from './population-init.ts'
import { SupplierDesk } from './supplier-desk.ts'

export type PopulationPorts = Omit<Ports<SolventVocabulary>, 'execution'>

export function createPopulation(init: PopulationInit): (ports: PopulationPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, genesis, plan } = init
    const { chainId } = plan
    const self = ports.signer.address
    const view = new CreditView(spec, chainId, genesis)
    const desk =
      plan.kind === 'suppliers'
        ? new SupplierDesk(plan, self, view, {
            genesis,
            genesisSeconds: msToSeconds(spec.genesisMs),
            fall: new PriceFall(plan.fall, spec, genesis),
          })
        : new BorrowerDesk(plan, self, view, msToSeconds(spec.genesisMs))
    const timers = createTimerTable<'look'>(ports.timers)
    let planned: TimerId | null = null

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains: [chainId], onBlock, onOrphaned },
        onIncluded({ ref, receipt }) {
          if (receipt.reason !== null) ports.log.text('info', `${ref} reverted: ${receipt.reason}.`)
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      view.followed(block)
      desk.followed(block)
      sender.onBlock(block)
      act()
    }

    function onOrphaned(block: Block): void {
      view.orphaned(block)
      desk.orphaned(block)
    }

    function act(): void {
      const elapsedMs = ports.clock.nowMs() - spec.genesisMs
      // Who has not read the chain to its end knows nothing of its present.
      if (follower.isCaughtUp(chainId))
        for (const { call, ref } of desk.act(elapsedMs)) sender.send({ chainId, call, ref })
      timers.cancel(planned)
      const nextMs = desk.nextMs(elapsedMs)
      planned = nextMs === null ? null : timers.setAt(spec.genesisMs + nextMs, 'look')
    }

    return createChainWatchingNode(
      {
        ...{ spec, role: 'population', chains: [chainId], follower, sender },
        summary: () => desk.summary,
        look: { timers, now: act },
      },
      ports,
    )
  }
}
