// The actor: an account that sends the transactions of a script at their times, and has no opinion of its own. Attackers,
// liquidity providers and people who withdraw are actors. docs/models/actor.md.
import type { Node, Ports, TimerId } from '@solvent/ports'
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { Block, ControlMessage, ControlReply, SolventVocabulary } from '@solvent/protocol'
import { createChainAccount } from '../parts/chain-account.ts'
import { derivedSigner } from '../parts/derived-key.ts'
import { controlRequest, nodeStatus } from '../parts/node-status.ts'
import type { Inclusion } from '../parts/pending-transaction.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import { ActorScript } from './actor-script.ts'
import { ActorSights, inboxesOf } from './actor-sights.ts'
import type { ActorInit } from './actor-step.ts'
import { BrokenAccounts } from './broken-accounts.ts'
import { BrokenKeys } from './broken-keys.ts'
import { type DepthOrder, DepthWithdrawal } from './depth-withdrawal.ts'
import { type PressOrder, SellingPressure } from './selling-pressure.ts'

export type ActorPorts = Omit<Ports<SolventVocabulary>, 'execution'>

/** A node that plays its steps. It follows all chains, for what it waits for may be on any. */
export function createActor(init: ActorInit): (ports: ActorPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, steps } = init
    const chains = spec.chains.map(({ chainId }) => chainId)
    const timers = createTimerTable<'due'>(ports.timers)
    let planned: TimerId | null = null
    let trades = 0

    const keys = steps.flatMap(({ action }) =>
      action.kind === 'rotate-key' ? [derivedSigner(action.keys, action.key)] : [],
    )
    const over = (ref: string): void => {
      pressure.over(ref)
      depth.over(ref)
    }
    const onIncluded = (inclusion: Inclusion) => {
      over(inclusion.ref)
      script.onIncluded(inclusion)
    }
    const { follower, sender } = createChainAccount(
      { spec, chains, keys, onBlock, onOrphaned, onFinality: act, onIncluded, onAbandoned: over },
      ports,
    )
    const { markets = [], genesis = [] } = init.sells ?? {}
    const pressure = new SellingPressure(ports.signer.address, markets, genesis)
    const provided = init.provides ?? { markets: [], genesis: [] }
    const depth = new DepthWithdrawal(ports.signer.address, provided.markets, provided.genesis)
    const sights = new ActorSights(follower.view, inboxesOf(spec, steps))
    const broken = new BrokenKeys(spec)
    const accounts = new BrokenAccounts({ spec, steps, onIncluded }, ports)
    const script = new ActorScript(steps, { sights, broken, accounts })

    function onBlock(block: Block): void {
      sights.block(block)
      pressure.followed(block)
      depth.followed(block)
      broken.onBlock(block)
      sender.onBlock(block)
      accounts.onBlock(block)
      act()
    }

    function onOrphaned(block: Block): void {
      sights.orphaned(block)
      pressure.orphaned(block)
      depth.orphaned(block)
      broken.onOrphaned(block)
      accounts.onOrphaned(block)
      script.onOrphaned(block)
    }

    /** Sends what is due; what waits for time alone gets a timer, what waits for blocks is asked again at each. */
    function act(): void {
      const nowMs = ports.clock.nowMs() - spec.genesisMs
      for (const { step, call, ref } of script.takeDue(nowMs)) {
        const { chainId, priorityFeePerGas, gasLimit, skipNonces, action } = step
        const options = {
          chainId,
          call,
          ref,
          skipNonces,
          ...(priorityFeePerGas === null ? {} : { priorityFeePerGas }),
          ...(gasLimit === null ? {} : { gasLimit }),
        }
        if (action.kind === 'drain') accounts.send(action.victim, options)
        else sender.send(options)
        ports.log.text('info', `Step ${ref} is sent: ${call.kind} on chain ${chainId}.`)
      }
      timers.cancel(planned)
      const nextMs = script.nextMs(nowMs)
      planned = nextMs === null ? null : timers.setAt(spec.genesisMs + nextMs, 'due')
    }

    /** An operator calls for a step. */
    function play(label: string): ControlReply {
      if (!script.call(label, ports.clock.nowMs() - spec.genesisMs))
        return { kind: 'refused', reason: 'no-such-step' }
      act()
      return { kind: 'done' }
    }

    /** An operator has it take depth out. */
    function withdraw(order: DepthOrder): ControlReply {
      const withdrawn = depth.withdraw(order, `withdraw/${ports.clock.nowMs()}/${trades++}`)
      if (withdrawn.status === 'refused') return { kind: 'refused', reason: withdrawn.reason }
      for (const { ref, call } of withdrawn.withdrawals)
        sender.send({ chainId: withdrawn.chainId, call, ref })
      ports.log.text('info', `Ordered to take depth out of ${order.market}.`)
      return { kind: 'done' }
    }

    /** An operator has it sell until a price has fallen. */
    function press(order: PressOrder): ControlReply {
      const ref = `press/${ports.clock.nowMs()}/${trades++}`
      const pressed = pressure.press(order, ref)
      if (pressed.status === 'refused') return { kind: 'refused', reason: pressed.reason }
      if (pressed.status === 'there') return { kind: 'done' }
      sender.send({ chainId: pressed.chainId, call: pressed.call, ref })
      ports.log.text('info', `Ordered to sell at ${order.market} until the price has fallen.`)
      return { kind: 'done' }
    }

    /** It can sign for these verifiers now, and does where a step has waited for that. */
    function learn({ bridge, keys }: Extract<ControlMessage, { kind: 'scheme-broken' }>): ControlReply {
      if (!broken.broken(bridge, keys)) return { kind: 'refused', reason: 'unknown-bridge' }
      ports.log.text('info', `It can sign for ${keys.length} verifiers of bridge ${bridge} now.`)
      act()
      return { kind: 'done' }
    }

    /** It can sign for these accounts now. */
    function learnAccounts({
      accounts: parties,
    }: Extract<ControlMessage, { kind: 'accounts-broken' }>): ControlReply {
      if (!accounts.broken(parties)) return { kind: 'refused', reason: 'no-such-step' }
      ports.log.text('info', `It can sign for ${parties.length} accounts now.`)
      act()
      return { kind: 'done' }
    }

    function summary(): string {
      return `${script.waiting} steps to come, ${sender.pending()} under way, ${script.included} in blocks, ${script.reverted} reverted`
    }

    return {
      start() {
        follower.start()
        sender.start()
        accounts.start()
        act()
      },
      stop() {},
      onMessage(inbound) {
        if (sender.onMessage(inbound) || accounts.onMessage(inbound)) return 'accept'
        const followed = follower.onMessage(inbound)
        if (followed !== undefined) return followed
        const request = controlRequest(spec, ports, inbound, follower)
        if (request === null) return 'ignore'
        if (request === 'answered') return 'accept'
        const { control, answer } = request
        if (control.kind === 'status')
          answer({ kind: 'status', status: nodeStatus('actor', summary(), follower.view, chains, ports) })
        else if (control.kind === 'act') answer(play(control.step))
        else if (control.kind === 'withdraw-depth') answer(withdraw(control))
        else if (control.kind === 'press-price') answer(press(control))
        else if (control.kind === 'scheme-broken') answer(learn(control))
        else if (control.kind === 'accounts-broken') answer(learnAccounts(control))
        else answer({ kind: 'refused', reason: 'not-served' })
        return 'accept'
      },
      onTimer(timer) {
        if (timers.take(timer) !== undefined) act()
        else if (!sender.onTimer(timer) && !accounts.onTimer(timer)) follower.onTimer(timer)
      },
      // Transactions are in the store; how far the script is, blocks tell again. What operators said, nobody repeats.
      snapshot: () => encodeCanonical({ version: 3, broken: broken.known, accounts: accounts.known }),
      restore(bytes) {
        const known = decodeCanonical(bytes) as {
          broken: BrokenKeys['known']
          accounts: BrokenAccounts['known']
        }
        for (const { bridge, keys } of known.broken) broken.broken(bridge, keys)
        accounts.broken(known.accounts)
      },
    }
  }
}
