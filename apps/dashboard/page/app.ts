// The page: asks the server for its runs, and shows one of them in one of the views at one moment.

import type { RunFrame } from '../src/run-frame.ts'
import { TOKEN_HEADER } from '../src/token-header.ts'
import { byId, element } from './dom.ts'
import { TimeControl } from './time-control.ts'
import type { View, ViewKind } from './view.ts'
import { chainView } from './views/chains.ts'
import { compareView } from './views/compare.ts'
import { contagionView } from './views/contagion.ts'
import { networkView } from './views/network.ts'
import { orderView } from './views/orders.ts'
import { solverView } from './views/solvers.ts'

const VIEWS: readonly ViewKind[] = [networkView, orderView, solverView, chainView, contagionView, compareView]

/** Kept for a reload; the address loses it at once, so that it is not copied with it. */
const token = location.hash.slice(1) || (sessionStorage.getItem('token') ?? '')
sessionStorage.setItem('token', token)
history.replaceState(null, '', location.pathname)

const message = byId('message')

async function ask<Answer>(path: string): Promise<Answer> {
  const response = await fetch(`/api/${path}`, { headers: { [TOKEN_HEADER]: token } })
  const answer = (await response.json()) as Answer & { error?: string }
  if (!response.ok) throw new Error(answer.error ?? `${response.status}`)
  return answer
}

const frames: RunFrame[] = []
let kind: ViewKind = VIEWS[0]!
let run = 0
let view: View | null = null
const time = new TimeControl((atMs) => view?.show(atMs))

function open(): void {
  const parent = byId('view')
  view?.dispose()
  parent.replaceChildren()
  const frame = frames[run]!
  const other = frames.length < 2 ? null : { frame: frames[1 - run]!, run: 1 - run }
  view = kind.open(parent, { frame, run, other, ask })
  view.show(time.atMs)
  for (const tab of byId('tabs').children) {
    const isOpen = tab.id === `tab-${kind.id}`
    tab.setAttribute('aria-selected', String(isOpen))
    ;(tab as HTMLElement).tabIndex = isOpen ? 0 : -1
  }
}

function load(): void {
  const frame = frames[run]!
  byId('title').textContent = `${frame.scenario}, seed ${frame.seed} (${frame.runtime})`
  document.title = `${frame.scenario} – Solvent`
  message.textContent =
    frame.eventsLeftOut === 0 ? '' : `${frame.eventsLeftOut} events are not shown: the run has too many.`
  time.load(
    frame.durationMs,
    frame.events.map(({ at_ms }) => at_ms),
  )
  open()
}

function tabs(): void {
  for (const each of VIEWS) {
    const tab = element('button', { id: `tab-${each.id}`, type: 'button', role: 'tab' }, each.title)
    tab.addEventListener('click', () => {
      kind = each
      open()
    })
    byId('tabs').append(tab)
  }
  byId('tabs').addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    kind = VIEWS[(VIEWS.indexOf(kind) + step + VIEWS.length) % VIEWS.length]!
    open()
    byId(`tab-${kind.id}`).focus()
    event.preventDefault()
    event.stopPropagation()
  })
}

function runChoice(): void {
  if (frames.length < 2) return
  const choice = element('select', { 'aria-label': 'Run' })
  frames.forEach(({ name }, at) => choice.append(element('option', { value: String(at) }, name)))
  choice.addEventListener('change', () => {
    run = Number(choice.value)
    load()
  })
  byId('runs').append(choice)
}

try {
  const known = await ask<readonly unknown[]>('runs')
  for (let at = 0; at < known.length; at++) frames.push(await ask<RunFrame>(`runs/${at}`))
  tabs()
  runChoice()
  load()
} catch (error) {
  message.textContent = error instanceof Error ? error.message : String(error)
}
