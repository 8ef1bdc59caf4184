// `solvent fault KIND …`: breaks something in the running network. Processes are killed, stopped and continued by
// their id; everything else is asked of the nodes over libp2p.
import { connectOperator, injectFault, type NetworkFile, type Operator } from '@solvent/experiments/live'
import { asNodeId, parseUnits, SolventError } from '@solvent/primitives'
import {
  type BridgeMessage,
  type BridgeSpec,
  liarsNeeded,
  type PauseAuthority,
  toJsonValue,
} from '@solvent/protocol'
import { EXIT } from '../exit-code.ts'
import { note, result, resultJson } from '../output/streams.ts'
import { networkDirectory } from '../project.ts'
import { interruptible } from './interrupt.ts'
import { unknownNode } from './logs.ts'
import { isRunning } from './running-process.ts'

/** SIGKILL, SIGSTOP or SIGCONT to a node's process. */
export async function signalNode(node: string, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<number> {
  return await withOperator(async ({ network }) => {
    const pid = processOf(network, node)
    process.kill(pid, signal)
    result(`${signal} sent to ${node} (process ${pid})`)
  })
}

/** Cuts every link between the named nodes and the rest of the network. */
export async function partition(names: readonly string[]): Promise<number> {
  return await withOperator(async (operator) => {
    const all = operator.network.nodes.map(({ id }) => id)
    for (const name of names) if (!all.includes(name)) throw unknownNode(name, all)
    const rest = all.filter((id) => !names.includes(id))
    const tell = (nodes: readonly string[], from: readonly string[]) =>
      nodes.map((node) => ({
        node,
        asked: operator.ask(node, { kind: 'partition', from: from.map(asNodeId) }),
      }))
    // Each end cuts its own links, so that a node which does not answer is cut off by the others all the same.
    const told = [...tell(names, rest), ...tell(rest, names)]
    const outcomes = await Promise.allSettled(told.map(({ asked }) => asked))
    const silent = told.filter((_, index) => outcomes[index]?.status === 'rejected').map(({ node }) => node)
    if (silent.length === told.length) await told[0]!.asked
    result(`cut off from the rest: ${names.join(', ')}`)
    if (silent.length > 0) note(`no answer from ${silent.join(', ')}`)
  })
}

export async function heal(): Promise<number> {
  return await withOperator(async (operator) => {
    const replies = await operator.askAll({ kind: 'heal' })
    result(`healed ${replies.size} nodes`)
  })
}

/** Puts any fault of a scenario file into the network, now. */
export async function inject(
  kind: string,
  settings: readonly string[],
  options: { readonly json?: boolean | undefined },
): Promise<number> {
  return await interruptible((signal) =>
    withOperator(async (operator) => {
      const directory = networkDirectory()
      const injected = await injectFault({ operator, directory, kind, settings, signal })
      if (options.json === true) return resultJson(toJsonValue(injected))
      const { fault, told, silent, refused } = injected
      const whom = told.length === 0 ? 'nobody' : told.join(', ')
      result(`${fault.kind} from second ${fault.atSeconds} on, told to ${whom}`)
      if (silent.length > 0) note(`no answer from ${silent.join(', ')}`)
      for (const { node, reason } of refused) note(`${node} refuses: ${reason}`)
    }),
  )
}

export interface ForgeOptions {
  readonly bridge?: string | undefined
  readonly asset?: string | undefined
  readonly from?: string | undefined
  readonly amount: string
}

/** Poisons the data sources of as many verifiers as the bridge needs signatures: they attest a transfer home that was never sent. */
export async function forge(options: ForgeOptions): Promise<number> {
  return await withOperator(async (operator) => {
    const bridge = bridgeOf(operator, options.bridge)
    const { verification } = bridge
    if (verification.kind !== 'quorum') throw noVerifiers(bridge)
    const message = forgedTransfer(operator, bridge, options)
    const watcher = operator.plan.nodes.find(({ role }) => role === 'watcher')!.id
    await operator.ask(watcher, { kind: 'declare-exploit', message })
    const poisoned = liarsNeeded(bridge.verification)
    for (const { node } of poisoned)
      await operator.ask(node, { kind: 'forge', source: asNodeId(`rpc-${bridge.name}`), message })
    result(
      `forged on ${bridge.name}: ${options.amount} released without a burn, attested by ${poisoned.map(({ node }) => node).join(', ')}`,
    )
  })
}

export async function pause(
  name: string | undefined,
  authority: PauseAuthority,
  kind: 'pause' | 'unpause',
): Promise<number> {
  return await withOperator(async (operator) => {
    const bridge = bridgeOf(operator, name)
    const { node } = authority === 'issuer' ? bridge.issuer : bridge.guardian
    await operator.ask(
      node,
      kind === 'pause'
        ? { kind, bridge: bridge.address, authority, until: 0 }
        : { kind, bridge: bridge.address, authority },
    )
    result(`${kind} of ${bridge.name} by its ${authority} is on its way`)
  })
}

async function withOperator(action: (operator: Operator) => Promise<void>): Promise<number> {
  const operator = await connectOperator(networkDirectory())
  try {
    await action(operator)
    return EXIT.ok
  } finally {
    await operator.close()
  }
}

function processOf(network: NetworkFile, node: string): number {
  const entry = network.nodes.find(({ id }) => id === node)
  if (entry === undefined)
    throw unknownNode(
      node,
      network.nodes.map(({ id }) => id),
    )
  if (entry.pid === null || !isRunning(entry)) {
    throw new SolventError({ code: 'E_USAGE', message: 'The node does not run.', details: { node } })
  }
  return entry.pid
}

function bridgeOf({ plan }: Operator, name: string | undefined): BridgeSpec {
  const names = plan.spec.bridges.map((bridge) => bridge.name)
  const bridge =
    name === undefined
      ? plan.spec.bridges.find(({ routes }) => routes.length > 0)
      : plan.spec.bridges.find((item) => item.name === name)
  if (bridge !== undefined) return bridge
  throw new SolventError({
    code: 'E_USAGE',
    message: 'The network has no such bridge.',
    details: { got: name ?? 'none', allowed: names.join(', ') },
  })
}

function noVerifiers({ name, verification }: BridgeSpec): SolventError {
  return new SolventError({
    code: 'E_USAGE',
    message: 'The bridge has no verifiers that could be made to sign a forged message.',
    details: { bridge: name, verification: verification.kind, allowed: 'a bridge with verification quorum' },
  })
}

function forgedTransfer(
  { plan, network }: Operator,
  bridge: BridgeSpec,
  options: ForgeOptions,
): BridgeMessage {
  const route = bridge.routes.find(({ symbol }) => options.asset === undefined || symbol === options.asset)
  const far = route?.wrapped.find(
    ({ chainId }) =>
      options.from === undefined ||
      plan.spec.chains.find((chain) => chain.chainId === chainId)?.name === options.from,
  )
  if (route === undefined || far === undefined) {
    throw new SolventError({
      code: 'E_USAGE',
      message: 'The bridge does not carry that asset from that chain.',
      details: {
        bridge: bridge.name,
        asset: options.asset ?? 'none',
        from: options.from ?? 'none',
        assets: bridge.routes.map(({ symbol }) => symbol).join(', '),
      },
    })
  }
  const { decimals } = plan.spec.tokens.find(
    ({ chainId, address }) => chainId === route.home.chainId && address === route.home.token,
  )!
  // Sequences of forged messages count milliseconds of the network's wall clock, far above those of real ones. The beginning of
  // that clock falls between two of them when the pace has changed.
  const passedMs = Math.floor(Date.now() - (network.startedAtWallMs ?? Date.now()))
  const sequence = 1_000_000 + Math.max(0, passedMs)
  return {
    bridge: bridge.address,
    srcChainId: far.chainId,
    emitter: bridge.address,
    sequence,
    dstChainId: route.home.chainId,
    payload: {
      kind: 'transfer',
      token: route.home.token,
      amount: parseUnits(options.amount, decimals),
      recipient: plan.attacker,
    },
  }
}
