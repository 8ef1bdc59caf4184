// A fault that an operator puts into a running network: read and checked as one of a scenario file, its times counted
// from the present moment, and told to the nodes that it concerns. What only a process can suffer is done to its process.
import { setTimeout as sleep } from 'node:timers/promises'
import { isSolventError, SolventError } from '@solvent/primitives'
import type { Fault, NodeFault } from '@solvent/protocol'
import { readFault } from '../faults/read-fault.ts'
import { resolveFault } from '../faults/resolve-faults.ts'
import { readNetworkFile } from './network-file.ts'
import type { Operator } from './operator.ts'
import { comebackOf } from './process-faults.ts'
import { askForRestart, type Comeback } from './restart-request.ts'

export interface InjectOptions {
  readonly operator: Operator
  /** Of the network's files. */
  readonly directory: string
  readonly kind: string
  /** `key=value` */
  readonly settings: readonly string[]
  /** Ends a wait early: a suspended node goes on, what was to come later does not. */
  readonly signal?: AbortSignal
}

export interface InjectedFault {
  /** As it was drawn. */
  readonly fault: { readonly kind: string; readonly atSeconds: number; readonly [field: string]: unknown }
  /** Nodes that it was told to, in order. */
  readonly told: readonly string[]
  /** Of these, those that did not answer. */
  readonly silent: readonly string[]
  /** What nodes answered that will not do it. */
  readonly refused: readonly { readonly node: string; readonly reason: string }[]
}

/** Between the command and the moment of the fault, for it to be told everywhere (wall). */
const LEAD_MS = 1_000

/**
 * @throws SolventError E_USAGE when the fault is not one, or names what the network does not have; E_NETWORK when time has
 *   not begun to run
 */
export async function injectFault(options: InjectOptions): Promise<InjectedFault> {
  const { operator, kind, settings, signal } = options
  const { plan } = operator
  // Read anew: the pace may have changed since the operator came.
  const { startedAtWallMs, acceleration } = await readNetworkFile(options.directory)
  if (startedAtWallMs === null)
    throw new SolventError({ code: 'E_USAGE', message: 'The network has not begun to run.' })
  const elapsedMs = (Date.now() + LEAD_MS - startedAtWallMs) * acceleration
  const drawn = readFault(plan.scenario, plan.seed, {
    kind,
    settings,
    atSeconds: Math.max(0, Math.ceil(elapsedMs / 1_000)),
    label: `live-${Math.floor(elapsedMs)}`,
  })
  const outcome = new Telling(options, acceleration)
  let passedMs = 0
  for (const { atMs, fault } of resolveFault(drawn, {
    scenario: plan.scenario,
    spec: plan.spec,
    seed: plan.seed,
  })) {
    const afterMs = atMs - drawn.fault.atSeconds * 1_000
    if (!isSuffered(fault) && afterMs > passedMs) {
      await sleep((afterMs - passedMs) / acceleration, undefined, signal === undefined ? {} : { signal })
      passedMs = afterMs
    }
    await outcome.tell(fault, Math.max(0, afterMs - passedMs))
  }
  const { told, silent, refused } = outcome
  return { fault: drawn.fault, told: [...new Set(told)], silent: [...new Set(silent)], refused }
}

function isSuffered(fault: Fault): fault is NodeFault {
  return !['crash', 'suspend', 'control', 'source-report'].includes(fault.kind)
}

class Telling {
  readonly told: string[] = []
  readonly silent: string[] = []
  readonly refused: { readonly node: string; readonly reason: string }[] = []
  readonly #options: InjectOptions
  readonly #acceleration: number

  constructor(options: InjectOptions, acceleration: number) {
    this.#options = options
    this.#acceleration = acceleration
  }

  async tell(fault: Fault, afterMs: number): Promise<void> {
    switch (fault.kind) {
      case 'control':
        return await this.#ask(fault.to, fault.message)
      case 'source-report':
        return await this.#ask(fault.to, { kind: 'forge', source: fault.from, message: fault.message })
      case 'crash':
        this.#restartLater(fault.node, fault.restartAfterMs, comebackOf(fault))
        return this.#signal(fault.node, 'SIGKILL')
      case 'suspend':
        return await this.#suspend(fault.node, fault.durationMs / this.#acceleration)
      default:
        if (fault.kind === 'disk-full') this.#restartLater(fault.node, fault.restartAfterMs, { disk: 'kept' })
        await Promise.all(concerned(fault).map((node) => this.#ask(node, { kind: 'suffer', fault, afterMs })))
    }
  }

  async #ask(node: string, message: Parameters<Operator['ask']>[1]): Promise<void> {
    this.told.push(node)
    try {
      const reply = await this.#options.operator.ask(node, message)
      if (reply.kind === 'refused') this.refused.push({ node, reason: reply.reason })
    } catch (error) {
      if (!isSolventError(error)) throw error
      this.silent.push(node)
    }
  }

  #pidOf(node: string): number | null {
    return this.#options.operator.network.nodes.find(({ id }) => id === node)?.pid ?? null
  }

  /** A node without a process of its own shares it with others, or its process has ended. */
  #signal(node: string, signal: NodeJS.Signals): void {
    const pid = this.#pidOf(node)
    this.told.push(node)
    if (pid === null) {
      this.refused.push({ node, reason: 'no process of its own runs that could be killed or stopped' })
      return
    }
    try {
      process.kill(pid, signal)
    } catch {
      this.silent.push(node)
    }
  }

  async #suspend(node: string, wallMs: number): Promise<void> {
    const { signal } = this.#options
    this.#signal(node, 'SIGSTOP')
    if (this.refused.some((each) => each.node === node)) return
    try {
      await sleep(wallMs, undefined, signal === undefined ? {} : { signal })
    } finally {
      this.#signal(node, 'SIGCONT')
      this.told.pop()
    }
  }

  #restartLater(node: string, afterMs: number | null, comeback: Comeback): void {
    const pid = this.#pidOf(node)
    if (afterMs === null || pid === null) return
    const { directory, operator } = this.#options
    const afterWallMs = afterMs / operator.network.acceleration
    askForRestart(directory, node, { pid, afterWallMs, ...comeback })
  }
}

/** The nodes that a fault is a matter of. */
function concerned(fault: NodeFault): string[] {
  return 'node' in fault ? [fault.node] : [...new Set([...fault.from, ...fault.to])]
}
