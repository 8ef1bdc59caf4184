// The page: what its server has to show, a sweep or runs, in one of the views at one moment.

import type { LiveChange, LiveStart } from '../src/live-frame.ts'
import type { RunFrame } from '../src/run-frame.ts'
import type { SweepFrame, SweepState } from '../src/sweep-frame.ts'
import { ask, follow } from './api.ts'
import { byId, element } from './dom.ts'
import { LiveRun } from './live-run.ts'
import { SweepView } from './sweep/sweep-view.ts'
import { Tabs } from './tabs.ts'
import { TimeControl } from './time-control.ts'
import type { View, ViewKind } from './view.ts'
import { chainView } from './views/chains.ts'
import { compareView } from './views/compare.ts'
import { contagionView } from './views/contagion.ts'
import { networkView } from './views/network.ts'
import { orderView } from './views/orders.ts'
import { solverView } from './views/solvers.ts'

const VIEWS: readonly ViewKind[] = [networkView, orderView, solverView, chainView, contagionView, compareView]
/** Of a network that runs; with what to compare it comes with its results. */
const LIVE_VIEWS: readonly ViewKind[] = [networkView, orderView, solverView, chainView, contagionView]
/** Views that are opened anew as the network goes on. */
const ANEW_MS = 2_000
const SWEEP = { id: 'sweep', title: 'Sweep' } as const

const message = byId('message')
const frames: RunFrame[] = []
let kind: ViewKind = VIEWS[0]!
let run = 0
let view: View | null = null
let sweep: SweepView | null = null
let live: LiveRun | null = null
let openedAt = 0
const time = new TimeControl((atMs) => view?.show(atMs))
const tabs = new Tabs((id) => {
  if (id === SWEEP.id) return openSweep()
  kind = VIEWS.find((each) => each.id === id)!
  open()
})

byId('truth').addEventListener('change', () => {
  if (frames[run] !== undefined && view !== null) open()
})

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  if (view !== null) open()
  else sweep?.redraw()
})

function clear(): HTMLElement {
  const parent = byId('view')
  view?.dispose()
  view = null
  parent.replaceChildren()
  return parent
}

function open(): void {
  const parent = clear()
  byId('time').hidden = false
  const frame = frames[run]!
  title(`${frame.scenario}, seed ${frame.seed} (${frame.runtime})`, frame.scenario)
  const another = run === 0 ? 1 : 0
  const other = frames[another] === undefined ? null : { frame: frames[another], source: `runs/${another}` }
  const source = live === null ? `runs/${run}` : 'live'
  const truth = byId<HTMLInputElement>('truth').checked ? frame.truth : []
  byId('truth-choice').hidden = frame.truth.every(({ conduct }) => conduct === 'competitive')
  view = kind.open(parent, { frame, source, truth, other, ask })
  openedAt = performance.now()
  view.show(time.atMs)
  tabs.mark(kind.id)
}

function openSweep(): void {
  if (sweep === null) return
  const parent = clear()
  byId('time').hidden = true
  byId('truth-choice').hidden = true
  parent.append(sweep.element)
  tabs.mark(SWEEP.id)
  sweep.redraw()
}

function load(): void {
  const frame = frames[run]!
  message.textContent =
    frame.eventsLeftOut === 0 ? '' : `${frame.eventsLeftOut} events are not shown: the run has too many.`
  time.load(frame.durationMs, () => frame.events.map(({ at_ms }) => at_ms))
  open()
}

function title(text: string, name: string): void {
  byId('title').textContent = text
  document.title = `${name} – Solvent`
}

/** Says what can be chosen now. */
function offer(): void {
  tabs.set([
    ...(sweep === null ? [] : [SWEEP]),
    ...(live !== null ? LIVE_VIEWS : frames.length === 0 ? [] : VIEWS),
  ])
  if (frames.length < 2) return byId('runs').replaceChildren()
  const choice = element('select', { 'aria-label': 'Run' })
  frames.forEach(({ name }, at) => {
    choice.append(element('option', { value: String(at) }, name))
  })
  choice.value = String(run)
  choice.addEventListener('change', () => {
    run = Number(choice.value)
    load()
  })
  byId('runs').replaceChildren(choice)
}

/** Of a sweep: the server runs it again, unless it was given. */
async function openRun(index: number): Promise<void> {
  try {
    const { run: place } = await ask<{ run: number }>(`sweep/runs/${index}`)
    frames[place] ??= await ask<RunFrame>(`runs/${place}`)
    run = place
    offer()
    load()
    byId(`tab-${kind.id}`).focus()
  } catch (error) {
    message.textContent = error instanceof Error ? error.message : String(error)
  }
}

function followNetwork(): void {
  const network = new LiveRun()
  live = network
  const take = (told: LiveStart | LiveChange) => {
    const isNew = network.take(told)
    const { isRunning, elapsedMs } = network.state
    if (isNew) {
      frames[0] = network.frame!
      offer()
      load()
      time.toEnd()
    } else if (view?.update !== undefined) view.update()
    else if (performance.now() - openedAt > ANEW_MS) open()
    time.grow(elapsedMs)
    message.textContent = isRunning ? '' : 'The network has ended; this is the last that was seen of it.'
  }
  follow<LiveStart | LiveChange>('live/changes', take, (why) => {
    message.textContent = why
  })
}

interface ShownHere {
  readonly runs: number
  readonly hasSweep: boolean
  readonly isLive: boolean
}

try {
  const { runs, hasSweep, isLive } = await ask<ShownHere>('shown')
  for (let at = 0; at < runs; at++) frames.push(await ask<RunFrame>(`runs/${at}`))
  if (hasSweep) {
    const frame = await ask<SweepFrame>('sweep')
    sweep = new SweepView(frame, openRun)
    const state = sweep
    title(frame.title, frame.name)
    offer()
    openSweep()
    follow<SweepState>(
      'sweep/changes',
      (next) => {
        message.textContent = ''
        state.take(next)
      },
      (why) => {
        message.textContent = why
      },
    )
  } else if (isLive) followNetwork()
  else {
    offer()
    load()
  }
} catch (error) {
  message.textContent = error instanceof Error ? error.message : String(error)
}
