// The bridge node: any of the roles around one bridge. A verifier watches source chains and attests, a relayer
// gathers what makes messages believed and delivers them, issuer and guardian pause and unpause on an operator's word.
import type { Node, Ports } from '@solvent/ports'
import { type Address, type ChainId, decodeCanonical, encodeCanonical } from '@solvent/primitives'
import {
  type Block,
  type BridgeMessage,
  type BridgeSpec,
  type ChainEvent,
  messageKey,
  type NetworkSpec,
  type SolventVocabulary,
} from '@solvent/protocol'
import { type SettlementRules, settlementRules } from '@solvent/settlement'
import { createChainAccount } from '../parts/chain-account.ts'
import { nodeStatus } from '../parts/node-status.ts'
import type { Inclusion } from '../parts/pending-transaction.ts'
import { createAccountant } from './accountant.ts'
import { createAttester } from './attester.ts'
import { createBridgeControl } from './bridge-control.ts'
import { createBridgeFreezes } from './bridge-freezes.ts'
import type { BridgeNodeInit, BridgeRole } from './bridge-node-init.ts'
import { createClaimCount } from './claim-count.ts'
import { createContractAdmin } from './contract-admin.ts'
import { createAttestationSource } from './create-attestation-source.ts'
import { createGovernor } from './governor.ts'
import { createBundleDesk } from './optimistic/bundle-desk.ts'
import { createProofDelay, noProofDelay } from './proof-delay.ts'
import { createQueueKeeper } from './queue-keeper.ts'
import { createRelayer } from './relayer.ts'
import { createRotationVoter } from './rotation-voter.ts'
import { createSourceReports } from './source-reports.ts'
import { createVerifierSets } from './verifier-sets.ts'

export type BridgeNodePorts = Omit<Ports<SolventVocabulary>, 'execution'>

/**
 * Makes a bridge node; `rules` are altered by tests that plant bugs.
 *
 * @throws Error when the spec has no such bridge
 */
export function createBridgeNode(
  init: BridgeNodeInit,
  rules: SettlementRules = settlementRules,
): (ports: BridgeNodePorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec } = init
    const bridge = bridgeOf(spec, init.bridge)
    const chains = spec.chains.map(({ chainId }) => chainId)
    const is = (role: BridgeRole): boolean => init.roles.includes(role)

    const { follower, sender } = createChainAccount(
      {
        spec,
        chains,
        rotation: init.rotation,
        onBlock,
        onOrphaned(block) {
          claims?.onOrphaned(block)
          const hasRotated = sets.onOrphaned(block)
          governor.onOrphaned(block)
          attester?.onOrphaned(block)
          source?.onOrphaned(block)
          if (hasRotated) onRotated(block.header.chainId)
          reports.onOrphaned(block)
          relayer?.onOrphaned(block)
          queue.onOrphaned(block)
        },
        onFinality(chainId) {
          attester?.onFinality(chainId)
          source?.onFinality(chainId)
        },
        onIncluded,
      },
      ports,
    )
    const authorities = (['issuer', 'guardian'] as const).filter(is)
    const claims = is('issuer') && bridge.recovery === 'socialised' ? createClaimCount(spec, bridge) : null
    const admin = createContractAdmin({ spec, node: init.node, bridge, authorities, sender, claims }, ports)
    const queue = createQueueKeeper({ bridge, sender, releases: is('relayer') }, ports)
    const freezes = createBridgeFreezes(bridge.address, rules)
    const { verification } = bridge
    const sets = createVerifierSets(bridge)
    const onNews = (message: BridgeMessage): void => relayer?.consider(message)
    const desk =
      verification.kind === 'optimistic'
        ? createBundleDesk(
            { spec, bridge, verification, is, view: follower.view, rules, sender, onNews },
            ports,
          )
        : null
    // Where nothing is believed, as of hash locks, a relayer has nothing to hand in.
    const carries = is('relayer') && verification.kind !== 'none'
    const source =
      desk ??
      (carries
        ? createAttestationSource({ spec, bridge, sets, sender, view: follower.view, onNews }, ports)
        : null)
    const relayer =
      source === null || !is('relayer')
        ? null
        : createRelayer(
            {
              bridge,
              freezes,
              sender,
              source,
              ...(init.batches === undefined ? {} : { batches: init.batches }),
            },
            ports,
          )
    const governor = createGovernor(spec, bridge, rules, ports)
    const attester =
      is('verifier') && verification.kind === 'quorum'
        ? createAttester(
            {
              bridge,
              sets,
              view: follower.view,
              rules,
              accountant: createAccountant(spec, bridge),
              governor,
              delay: init.delay === undefined ? noProofDelay : createProofDelay(init.delay, ports),
              onAttested: (signed) => void source?.onAttestation(signed),
            },
            ports,
          )
        : null

    const reports = createSourceReports({
      bridge,
      trustedSources: init.trustedSources,
      believer: attester ?? source,
      store: ports.store,
    })
    const onControl = createBridgeControl(
      {
        spec,
        bridge,
        follower,
        status: () => nodeStatus('bridge', summary(), follower.view, chains, ports),
        reports,
        admin,
        vote: (vote) => {
          queue.vote(vote)
          attester?.vote(vote)
        },
        desk,
        mislead: attester === null ? null : (lie) => attester.mislead(lie),
        voter: attester === null ? null : createRotationVoter({ spec, bridge, sets, sender }, ports),
      },
      ports,
    )

    function onRotated(chainId: ChainId): void {
      attester?.onRotated(chainId)
      source?.onRotated(chainId)
    }

    function onBlock(block: Block): void {
      sender.onBlock(block)
      claims?.onBlock(block)
      const hasRotated = sets.onBlock(block)
      const freezeChanged = freezes.onBlock(block)
      governor.onBlock(block)
      attester?.onBlock(block)
      source?.onBlock(block)
      for (const { events } of block.receipts) for (const event of events) onEvent(event)
      if (hasRotated) onRotated(block.header.chainId)
      reports.onBlock(block)
      relayer?.onBlock(block, freezeChanged)
      queue.onBlock(block)
    }

    function onEvent(event: ChainEvent): void {
      // A message that waits in the limiter needs no second delivery.
      if (event.kind !== 'message-delivered' && event.kind !== 'transfer-queued') return
      if (event.message.bridge !== bridge.address) return
      const key = messageKey(event.message)
      attester?.onDelivered(key)
      source?.onDelivered(key)
      relayer?.onDelivered(key)
    }

    function onIncluded(inclusion: Inclusion): void {
      source?.onIncluded(inclusion)
      relayer?.onIncluded(inclusion)
      queue.onIncluded(inclusion)
      const { receipt, ref } = inclusion
      if (receipt.status === 'reverted') ports.log.text('warn', `${ref} reverted: ${receipt.reason}.`)
    }

    function summary(): string {
      const parts: string[] = []
      if (attester !== null)
        parts.push(`${attester.attested()} attested, ${attester.waiting()} waiting for finality`)
      if (desk !== null) parts.push(...desk.summary())
      if (relayer !== null) {
        const { said } = relayer
        parts.push(
          `${relayer.delivered()} delivered, ${relayer.waiting()} under way, to cost ${said.fee} wei, ${said.maxFee} at most at the sender’s cap`,
        )
      }
      return `${bridge.name}: ${[...init.roles, ...parts].join(', ')}`
    }

    return {
      start() {
        if (relayer !== null) ports.transport.subscribe('attestations')
        follower.start()
        sender.start()
        attester?.start()
        source?.start()
      },
      stop() {},
      onMessage(inbound) {
        if (inbound.via === 'store' && (attester?.onStore(inbound.ticket) || source?.onStore(inbound.ticket)))
          return 'accept'
        if (sender.onMessage(inbound)) return 'accept'
        if (inbound.via === 'gossip' || inbound.via === 'direct') {
          const { message } = inbound
          if (inbound.via === 'direct' && message.type === 'source-report') {
            const { from } = inbound
            const outcome =
              message.body.source === from ? reports.report(from, message.body.message) : 'untrusted-source'
            return outcome === 'done' ? 'accept' : { reject: outcome }
          }
          if (message.type === 'attestation') return source?.onAttestation(message.body) ?? 'accept'
        }
        if (inbound.via === 'request') return onControl(inbound)
        return follower.onMessage(inbound) ?? 'ignore'
      },
      onTimer(timer) {
        if (attester?.onTimer(timer) || source?.onTimer(timer) || relayer?.onTimer(timer)) return
        if (queue.onTimer(timer) || sender.onTimer(timer)) return
        follower.onTimer(timer)
      },
      // Attestations and transactions are in the store, messages, freezes and deliveries are read from blocks again; what
      // a relayer's source has heard from others is nowhere else on this node.
      snapshot: () => encodeCanonical({ version: 2, source: source?.snapshot() ?? null }),
      restore(bytes) {
        const { source: state } = decodeCanonical(bytes) as { source: unknown }
        if (state !== null) source?.restore(state)
      },
    }
  }
}

function bridgeOf(spec: NetworkSpec, address: Address): BridgeSpec {
  const bridge = spec.bridges.find((each) => each.address === address)
  if (bridge === undefined) throw new Error(`The network has no bridge at ${address}.`)
  return bridge
}
