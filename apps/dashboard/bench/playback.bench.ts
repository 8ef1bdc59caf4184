/**
 * How smoothly the page plays a large network: a run of 200 nodes in which at every moment 1,000 pairs of nodes had just dealt
 * with each other, played with its 10 updates a second in Chromium (without a graphics card, where the machine has none).
 * What is to be reached: more than 30 frames a second.
 */
import { existsSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { chromium } from 'playwright-core'
import type { FrameEvent, FrameNode, FrameOrder, RunFrame } from '../src/run-frame.ts'
import { serveDashboard } from '../src/server.ts'

export const name = 'Dashboard: 200 nodes and 1,000 edges, played at 10 updates a second'

const BROWSER = process.env.SOLVENT_CHROMIUM ?? '/usr/bin/chromium'
const DURATION_MS = 3_600_000
/** The page draws dealings of the last 2 % of a run: so many events in all give 1,000 different pairs among 2,400 at a time. */
const EVENTS = 65_000
const ORDERS = 2_000
const MEASURED_MS = 10_000

export async function run(): Promise<void> {
  if (!existsSync(BROWSER)) {
    console.log(`skipped: no browser at ${BROWSER}; name one with SOLVENT_CHROMIUM`)
    return
  }
  const frame = largeFrame()
  const results = {
    tables: [],
    soFar: null,
    run: () => Promise.reject(new Error('none')),
    close: () => undefined,
  }
  const dashboard = await serveDashboard(
    {
      runs: [{ directory: '', results, scenarioHash: '', frame }],
      sweep: null,
      network: null,
    },
    0,
  )
  const browser = await chromium.launch({
    executablePath: BROWSER,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1_300, height: 1_000 } })
    await page.goto(dashboard.url)
    await page.locator('#tab-network').waitFor()
    await page.locator('#moment').fill('300')
    await page.keyboard.press('Escape')
    await page.click('#play')
    const { frames, updates, longestMs } = await page.evaluate(measure, MEASURED_MS)
    const seconds = MEASURED_MS / 1_000
    console.log(`frames a second    ${(frames / seconds).toFixed(1)}`)
    console.log(`updates a second   ${(updates / seconds).toFixed(1)}`)
    console.log(`machine            load ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors`)
    console.log(`longest frame      ${longestMs.toFixed(0)} ms`)
  } finally {
    await browser.close()
    await dashboard.close()
  }
}

interface Measured {
  readonly frames: number
  readonly updates: number
  readonly longestMs: number
}

/** Runs in the browser. */
function measure(forMs: number): Promise<Measured> {
  const view = globalThis as unknown as {
    requestAnimationFrame(call: (atMs: number) => void): void
    document: { getElementById(id: string): object }
    MutationObserver: new (call: () => void) => { observe(node: object, options: object): void }
  }
  let updates = 0
  new view.MutationObserver(() => {
    updates += 1
  }).observe(view.document.getElementById('now'), { childList: true })
  return new Promise((resolve) => {
    const started = performance.now()
    let [frames, last, longestMs] = [0, started, 0]
    const next = (atMs: number) => {
      frames += 1
      longestMs = Math.max(longestMs, atMs - last)
      last = atMs
      if (atMs - started < forMs) view.requestAnimationFrame(next)
      else resolve({ frames, updates, longestMs })
    }
    view.requestAnimationFrame(next)
  })
}

function largeFrame(): RunFrame {
  const draw = numbers()
  const named = (role: string, count: number, chain: string | null = null): FrameNode[] =>
    Array.from({ length: count }, (_, at) => ({ node: `${role}-${at + 1}`, role, chain, bridge: null }))
  const [users, auctioneers, solvers] = [named('user', 60), named('auctioneer', 20), named('solver', 60)]
  const chains = Array.from({ length: 6 }, (_, at) => ({
    chain: `chain-${at + 1}`,
    kind: 'l1',
    slot_ms: 12_000,
  }))
  const sequencers = chains.flatMap(({ chain }, at) =>
    named('sequencer', 10, chain).map(({ node, ...rest }) => ({ ...rest, node: `${node}-${at}` })),
  )
  const any = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!
  const orders = Array.from({ length: ORDERS }, (_, at): FrameOrder => {
    const signed_ms = Math.floor((at / ORDERS) * DURATION_MS)
    return {
      label: `user/${at}`,
      order_id: `0x${at}`,
      end: 'pending',
      origin_chain: any(chains).chain,
      destination_chain: any(chains).chain,
      bridge: 'bridge',
      winner: any(solvers).node,
      receivable: null,
      signed_ms,
      deadline_ms: null,
      awarded_ms: signed_ms + 5_000,
      filled_ms: null,
      proven_ms: null,
      claimed_ms: null,
    }
  })
  const accepted = orders.map(
    ({ order_id }): FrameEvent => ({
      at_ms: 0,
      node: any(auctioneers).node,
      kind: 'order-accepted',
      order_id,
      state: null,
    }),
  )
  const dealings = Array.from({ length: EVENTS }, (_, at): FrameEvent => {
    const isBid = draw() < 0.5
    return {
      at_ms: Math.floor((at / EVENTS) * DURATION_MS),
      node: any(isBid ? solvers : users).node,
      kind: isBid ? 'bid-placed' : 'order-signed',
      order_id: any(orders).order_id,
      state: null,
    }
  })
  return {
    name: 'large',
    scenario: 'large',
    seed: 1,
    runtime: 'sim',
    durationMs: DURATION_MS,
    nodes: [...users, ...auctioneers, ...solvers, ...sequencers],
    chains,
    orders,
    solvers: solvers.map(({ node }) => ({ solver: node, initial_equity: 1, profit: 0 })),
    events: [...accepted, ...dealings],
    eventsLeftOut: 0,
    series: solvers.map(({ node }) => ({
      measure: 'solver.equity',
      subject: node,
      points: Array.from({ length: 120 }, (_, at) => [(at * DURATION_MS) / 120, draw()] as const),
    })),
    silent: [],
    faults: [],
    falls: [],
    exposures: [],
    competition: [],
    truth: [],
  }
}

/** Numbers in [0, 1), the same in every run (W. H. Press et al., "Numerical Recipes", 3rd ed., §7.1: ranqd1). */
function numbers(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
