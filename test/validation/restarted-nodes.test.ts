// Real nodes that crash and come back in the quick scenario: nothing breaks, and the watcher still knows what gossip
// told it before its crash, which no chain repeats.
import { runScenario, type ScenarioFault, type ScenarioRun } from '@solvent/experiments'
import { beforeAll, describe, expect, it } from 'vitest'
import { quickScenario } from './quick-network.ts'

type Crash = Extract<ScenarioFault, { kind: 'crash' }>
type Line = { readonly atMs: number; readonly node: string } & Record<string, unknown>

const SOLVERS = ['atlas', 'borealis', 'cygnus'] as const
const WATCHER_DIES_SECONDS = 400

/** All solvers are down for two and a half minutes, so that auctions of that time end without a bid or an opening. */
const solversCrash = SOLVERS.map(
  (node, index): Crash => ({
    kind: 'crash',
    atSeconds: 100 + index,
    node,
    disk: 'unsynced-lost',
    restartAfterSeconds: 150,
  }),
)

const watcherCrash = (disk: Crash['disk']): Crash => ({
  kind: 'crash',
  atSeconds: WATCHER_DIES_SECONDS,
  node: 'watcher',
  disk,
  restartAfterSeconds: 30,
})

function play(faults: readonly Crash[], seed = 1): Promise<ScenarioRun> {
  const loaded = quickScenario()
  const scenario = { ...loaded.scenario, faults: [...loaded.scenario.faults, ...faults] }
  return runScenario({ loaded: { ...loaded, scenario }, seed, runtime: 'sim', nodeProgram: '' })
}

/** Orders that users had signed, and awards that the auctioneer had published, a minute before the watcher died. */
function gossipedEarly({ events, plan }: ScenarioRun) {
  const untilMs = plan.spec.genesisMs + (WATCHER_DIES_SECONDS - 60) * 1_000
  const lines = events
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
    .filter(({ atMs }) => atMs < untilMs)
  const of = (kind: string) => lines.filter((line) => line['kind'] === kind)
  return {
    orders: of('order-signed').map((line) => line['orderId'] as string),
    awards: of('auction-closed').map(
      (line) => line['award'] as { orderId: string; winner: string; bids: unknown[] },
    ),
  }
}

const known = ({ report }: ScenarioRun) =>
  new Map(report.orders.map((order) => [String(order.orderId), order]))

describe('a watcher that crashed after its solvers did', () => {
  let restored: ScenarioRun
  let forgetful: ScenarioRun

  beforeAll(async () => {
    restored = await play([...solversCrash, watcherCrash('unsynced-lost')])
    forgetful = await play([...solversCrash, watcherCrash('lost')])
  })

  it('finds no invariant broken, and orders that are settled', () => {
    expect(restored.report.invariants.broken).toEqual([])
    expect(restored.report.counts.settled).toBeGreaterThan(3)
  })

  it('knows all orders and awards of before its last snapshot', () => {
    const { orders, awards } = gossipedEarly(restored)
    expect(orders.length).toBeGreaterThan(5)
    expect(awards.length).toBeGreaterThan(5)
    const outcomes = known(restored)
    expect(orders.filter((orderId) => !outcomes.has(orderId))).toEqual([])
    for (const { orderId, bids } of awards) expect(outcomes.get(orderId)?.bids).toBe(bids.length)
  })

  it('has forgotten some of them when its disk is lost: those that no chain has seen', () => {
    const outcomes = known(forgetful)
    const { orders } = gossipedEarly(forgetful)
    const forgotten = orders.filter((orderId) => !outcomes.has(orderId))
    expect(forgotten.length).toBeGreaterThan(0)
    expect(forgotten.length).toBeLessThan(orders.length)
    expect(forgetful.report.invariants.broken).toEqual([])
  })
})

describe('a watcher that slept through reservations', () => {
  it.each([
    [1, 60, 140],
    [2, 200, 100],
    [3, 250, 61],
  ])(
    'takes their release for what it is: seed %i, down from %i s for %i s',
    async (seed, atSeconds, seconds) => {
      const crash: Crash = { ...watcherCrash('kept'), atSeconds, restartAfterSeconds: seconds }
      expect((await play([crash], seed)).report.invariants.broken).toEqual([])
    },
  )
})

describe('a network', () => {
  it.each([2, 3, 5, 8])('in which everyone crashes and returns breaks nothing: seed %i', async (seed) => {
    const names = (await play([], seed)).plan.nodes.map(({ id }) => id)
    // One after the other, by a step that is no multiple of a slot, half of them with what was not answered lost.
    const faults = names.map(
      (node, index): Crash => ({
        kind: 'crash',
        atSeconds: 41 + ((index * 37 + seed * 53) % 700),
        node,
        disk: index % 2 === 0 ? 'kept' : 'unsynced-lost',
        restartAfterSeconds: 5 + ((index * 11) % 50),
      }),
    )
    const { report } = await play(faults, seed)
    expect(report.invariants.broken).toEqual([])
    expect(report.counts.settled).toBeGreaterThan(3)
  })
})
