// The challenger node: derives an optimistic rollup from its L1 and the blocks it can fetch, compares every proposed root
// with the header that the batch names, and disproves the wrong ones. Source: op-challenger (ethereum-optimism/docs); the
// interactive game is one transaction here.
import type { Node, Ports } from '@solvent/ports'
import { type ChainId, decodeCanonical, encodeCanonical, type Hash32, type NodeId } from '@solvent/primitives'
import type {
  Block,
  BlockHeader,
  Call,
  ControlMessage,
  ControlReply,
  NetworkSpec,
  OptimisticConsensus,
  SolventVocabulary,
} from '@solvent/protocol'
import type { RootMark } from '@solvent/settlement'
import { createChainAccount } from '../parts/chain-account.ts'
import { controlRequest, nodeStatus } from '../parts/node-status.ts'
import { createTimerTable } from '../parts/timer-table.ts'

export interface ChallengerInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  /** An optimistic rollup that names this node among its challengers. */
  readonly rollup: ChainId
}

export type ChallengerPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'signer' | 'store' | 'rng' | 'log' | 'meter'
>

interface Derived {
  readonly hash: Hash32
  readonly header: BlockHeader
}

/**
 * Makes a challenger.
 *
 * @throws Error when the rollup is unknown, not optimistic, or does not name the node
 */
export function createChallenger(init: ChallengerInit): (ports: ChallengerPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, rollup } = init
    const { consensus, delayMs } = dutyOf(init)
    const followed = [consensus.l1, rollup]
    /** Headers of followed blocks that are not final, and of those at the end of a batch, by block number. */
    const headers = new Map<number, Derived>()
    /** Refs of wrong roots that were found: a challenge is on its way or waits. */
    const found = new Set<string>()
    const timers = createTimerTable<string>(ports.timers)
    const challenges = new Map<string, Omit<Extract<Call, { kind: 'challenge' }>, 'kind' | 'rollup'>>()
    /** Roots that it is to challenge whatever they say. */
    let blindly = 0

    const { follower, sender } = createChainAccount(
      {
        spec,
        chains: followed,
        onBlock,
        onOrphaned: ({ header }) => forget(header),
        onFinality: (chainId) => {
          if (chainId === rollup) prune()
        },
        onIncluded: ({ ref, receipt }) => {
          if (receipt.events.some(({ kind }) => kind === 'roots-deleted'))
            ports.meter.count('roots-disproved')
          else if (receipt.status === 'ok')
            ports.log.text('warn', `${ref} was about a right root and cost its bond.`)
          else ports.log.text('warn', `${ref} reverted: ${receipt.reason}.`)
        },
      },
      ports,
    )

    function onBlock(block: Block): void {
      sender.onBlock(block)
      if (block.header.chainId === rollup)
        headers.set(block.header.number, { hash: block.hash, header: block.header })
      check()
    }

    function forget({ chainId, number }: BlockHeader): void {
      if (chainId === rollup) headers.delete(number)
    }

    function prune(): void {
      const tips = new Set(follower.view.postings(rollup).batches.map(({ toBlock }) => toBlock))
      const finalized = follower.view.finalized(rollup)
      for (const number of headers.keys())
        if (number <= finalized && !tips.has(number)) headers.delete(number)
    }

    /** Compares the roots that stand with the headers that are here. */
    function check(): void {
      const { roots, batches } = follower.view.postings(rollup)
      for (const root of roots) {
        const { toBlock, stateRoot, outboxRoot, l1Number } = root
        const ref = `challenge/${rollup}/${toBlock}/${l1Number}`
        if (found.has(ref)) continue
        const tip = batches.findLast((batch) => batch.toBlock === toBlock)?.tip
        const derived = headers.get(toBlock)
        if (derived === undefined || derived.hash !== tip) continue
        if (agrees(root, derived.header)) {
          if (blindly === 0) continue
          blindly--
        }
        found.add(ref)
        ports.log.text('warn', `The root ${stateRoot} of block ${toBlock} is wrong.`)
        challenges.set(ref, { block: toBlock, stateRoot, outboxRoot, header: derived.header })
        timers.set(delayMs, ref)
      }
    }

    function challenge(ref: string): void {
      const wrong = challenges.get(ref)
      if (wrong === undefined) return
      challenges.delete(ref)
      sender.send({ chainId: consensus.l1, call: { kind: 'challenge', rollup, ...wrong }, ref })
    }

    function obey(control: ControlMessage): ControlReply {
      if (control.kind === 'challenge-blindly' && control.rollup === rollup) {
        blindly += control.count
        check()
        return { kind: 'done' }
      }
      if (control.kind !== 'status') return { kind: 'refused', reason: 'not-served' }
      const summary = `${found.size} wrong roots found, ${sender.pending()} challenges on their way`
      return { kind: 'status', status: nodeStatus('challenger', summary, follower.view, followed, ports) }
    }

    return {
      start() {
        follower.start()
        sender.start()
      },
      stop() {},
      onMessage(inbound) {
        if (sender.onMessage(inbound)) return 'accept'
        const control = controlRequest(spec, ports, inbound, follower)
        if (control !== null) {
          if (control === 'answered') return 'accept'
          control.answer(obey(control.control))
          return 'accept'
        }
        return follower.onMessage(inbound) ?? 'ignore'
      },
      onTimer(timer) {
        const ref = timers.take(timer)
        if (ref !== undefined) return challenge(ref)
        if (!sender.onTimer(timer)) follower.onTimer(timer)
      },
      // Chains are read again after a restart, and transactions are in the store.
      snapshot: () => encodeCanonical({ version: 1 }),
      restore: (bytes) => void decodeCanonical(bytes),
    }
  }
}

function agrees(root: RootMark, header: BlockHeader): boolean {
  return root.stateRoot === header.stateRoot && root.outboxRoot === header.outboxRoot
}

function dutyOf({ spec, node, rollup }: ChallengerInit): {
  readonly consensus: OptimisticConsensus
  readonly delayMs: number
} {
  const consensus = spec.chains.find(({ chainId }) => chainId === rollup)?.consensus
  if (consensus?.kind === 'optimistic') {
    const challenger = consensus.challengers.find((each) => each.node === node)
    if (challenger !== undefined) return { consensus, delayMs: challenger.delayMs }
  }
  throw new Error(`The node ${node} is no challenger of chain ${rollup}.`)
}
