// The custodian: a company that keeps coins of its customers at an address of a chain and its books to itself. It is a peer like any
// other, follows its chain and sends transactions of its account. docs/models/custodian.md.
import type { Node, Ports, TimerId } from '@solvent/ports'
import type { Block, ControlMessage, ControlReply, SolventVocabulary } from '@solvent/protocol'
import { createChainAccount } from '../parts/chain-account.ts'
import { createChainWatchingNode } from '../parts/chain-watching-node.ts'
import { PriceFall } from '../parts/price-fall.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import { CustodianDesk } from './custodian-desk.ts'
import type { CustodianInit } from './custodian-init.ts'
import { LastResort } from './last-resort.ts'

export type CustodianPorts = Omit<Ports<SolventVocabulary>, 'execution'>

export function createCustodian(init: CustodianInit): (ports: CustodianPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, genesis, plan } = init
    const { chainId, account, token } = plan.custodian
    const liquid = genesis.balances
      .filter((each) => each.owner === account && each.token === token)
      .reduce((sum, { amount }) => sum + amount, 0n)
    const fall = new PriceFall(plan.customers.fall, spec, genesis)
    const lastResort =
      plan.lastResort === null ? null : new LastResort(plan.lastResort, account, { spec, genesis })
    const desk = new CustodianDesk(plan, liquid, { fall, lastResort })
    const timers = createTimerTable<'look'>(ports.timers)
    let planned: TimerId | null = null

    const { follower, sender } = createChainAccount(
      {
        ...{ spec, chains: [chainId], rotation: init.rotation, onBlock, onOrphaned },
        onIncluded({ ref, receipt }) {
          if (receipt.reason !== null) ports.log.text('info', `${ref} reverted: ${receipt.reason}.`)
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      desk.followed(block)
      sender.onBlock(block)
      act()
    }

    function onOrphaned(block: Block): void {
      desk.orphaned(block)
    }

    function act(): void {
      const elapsedMs = ports.clock.nowMs() - spec.genesisMs
      // Who has not read the chain to its end does not know what he has paid.
      if (follower.isCaughtUp(chainId))
        for (const { call, ref } of desk.act({
          elapsedMs,
          genesisMs: spec.genesisMs,
          isBusy: sender.pending() > 0,
          isSent: (each) => sender.find(chainId, each) !== undefined,
        }))
          sender.send({ chainId, call, ref })
      timers.cancel(planned)
      planned = timers.setAt(spec.genesisMs + desk.nextMs(elapsedMs), 'look')
    }

    /** Its manager has lost coins. */
    function lose(loss: Extract<ControlMessage, { kind: 'manager-loss' }>): ControlReply {
      if (!desk.lose(loss)) return { kind: 'refused', reason: 'halted' }
      ports.log.text('warn', `Its manager loses ${loss.amount} base units.`)
      act()
      return { kind: 'done' }
    }

    return createChainWatchingNode(
      {
        ...{ spec, role: 'custodian', chains: [chainId], follower, sender },
        summary: () => desk.summary,
        obey: (control) => (control.kind === 'manager-loss' ? lose(control) : null),
        look: { timers, now: act },
      },
      ports,
    )
  }
}
