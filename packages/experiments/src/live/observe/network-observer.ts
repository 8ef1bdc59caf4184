// A live network as somebody sees it who only looks on: what its nodes write down, and how far they say their chains are. It
// asks nothing that changes anything: the events from files, the heads by the question that `solvent status` asks.
import { join } from 'node:path'
import type { ExposureNetwork } from '@solvent/contagion'
import { formatUnits } from '@solvent/primitives'
import type { NodeStatus } from '@solvent/protocol'
import type { NetworkPlan } from '../../assembly/network-plan.ts'
import { exposureNetwork } from '../../exposures/exposure-network.ts'
import { type RunLabels, runLabels } from '../../run/competition-summary.ts'
import { type SeriesPoint, seriesAt } from '../../run/time-series.ts'
import { type LoggedEvent, loggedEvents } from '../../store/logged-events.ts'
import { readNetworkFile } from '../network-file.ts'
import { connectOperator, type Operator } from '../operator.ts'
import { LineTail } from './line-tail.ts'

/** In the numeraire. */
export interface SolverSheet {
  readonly solver: string
  readonly initial_equity: number
  readonly profit: number
}

export class NetworkObserver {
  readonly directory: string
  readonly plan: NetworkPlan
  readonly #operator: Operator
  readonly #tails: readonly LineTail[]

  private constructor(directory: string, operator: Operator) {
    this.directory = directory
    this.plan = operator.plan
    this.#operator = operator
    this.#tails = operator.plan.nodes.map(({ id }) => new LineTail(join(directory, id, 'events.jsonl')))
  }

  /** @throws SolventError E_NO_NETWORK when no network runs from the directory */
  static async open(directory: string): Promise<NetworkObserver> {
    return new NetworkObserver(directory, await connectOperator(directory))
  }

  /** What nodes have written since the last call, in order of virtual time. */
  async takeEvents(): Promise<LoggedEvent[]> {
    const lines = await Promise.all(this.#tails.map((tail) => tail.take()))
    const events = lines.flat().flatMap(readable)
    return events.sort((a, b) => a.atMs - b.atMs)
  }

  /** What nodes answer by name; those that do not are missing. */
  async statuses(): Promise<ReadonlyMap<string, NodeStatus>> {
    const replies = await this.#operator.askAll({ kind: 'status' })
    return new Map(
      [...replies].flatMap(([node, reply]) =>
        reply.kind === 'status' ? [[node, reply.status] as const] : [],
      ),
    )
  }

  /** Balance sheets, backing, prices and heads by its watcher, now. @throws SolventError when the watcher does not answer */
  async measures(): Promise<{ readonly solvers: readonly SolverSheet[]; readonly points: SeriesPoint[] }> {
    const report = await this.#operator.report()
    return {
      solvers: report.solvers.map(({ node, initialEquityE8, profitE8 }) => ({
        solver: node,
        initial_equity: inNumeraire(initialEquityE8),
        profit: inNumeraire(profitE8),
      })),
      points: seriesAt(report.atMs - report.genesisMs, report),
    }
  }

  /** Who owed whom at the moments of its plan that have passed, and now, by its watcher. @throws SolventError when it does not answer */
  async exposures(): Promise<ExposureNetwork[]> {
    return (await this.#operator.exposures()).map((snapshot) => exposureNetwork(snapshot, this.#place))
  }

  /** What its watcher keeps of the time before: measures and who owed whom, in order of time. @throws SolventError when it does not answer */
  async history(): Promise<{ readonly points: SeriesPoint[]; readonly exposures: ExposureNetwork[] }> {
    const moments = await this.#operator.history()
    return {
      points: moments.flatMap(({ measures }) => seriesAt(measures.atMs - measures.genesisMs, measures)),
      exposures: moments.map(({ exposures }) => exposureNetwork(exposures, this.#place)),
    }
  }

  /** What its scenario knows to be true of its nodes, whatever they show. */
  get truth(): RunLabels {
    return runLabels(this.plan.scenario)
  }

  /** Whether its launcher is there, or nodes that do without it. */
  async isRunning(): Promise<boolean> {
    return await readNetworkFile(this.directory).then(
      ({ launcherPid, nodes }) =>
        isAlive(launcherPid) || nodes.some(({ pid }) => pid !== null && isAlive(pid)),
      () => false,
    )
  }

  get #place() {
    const { spec, scenario } = this.plan
    return { genesisMs: spec.genesisMs, numeraire: scenario.numeraire }
  }

  close(): Promise<void> {
    return this.#operator.close()
  }
}

const E8 = 8
const inNumeraire = (valueE8: bigint): number => Number(formatUnits(valueE8, E8))

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A node that was killed and came back may have left half a line with another one behind it. */
function readable(line: string): LoggedEvent[] {
  try {
    return [...loggedEvents(line)]
  } catch {
    return []
  }
}
