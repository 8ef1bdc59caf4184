// The network: nodes by role, chains as lanes, and who dealt with whom in the last while.
import type { RunFrame } from '../../src/run-frame.ts'
import { clockText, element, shown, table } from '../dom.ts'
import type { ViewKind } from '../view.ts'
import { placeNodes } from './lanes.ts'
import { legendOf } from './legend.ts'
import { countUpTo } from './moments.ts'
import { type DrawnEdge, NetworkPicture, type Scene } from './network-picture.ts'
import { valueAt } from './series.ts'
import { type Dealing, dealingsOf } from './traffic.ts'
import { ringOf, truthTable } from './truth.ts'

/** The share of the run that counts as just now. */
const RECENT_SHARE = 0.02
const LEAST_RECENT_MS = 5_000
const LAST_EVENTS = 8
const MOST_DEALINGS = 12

export const networkView: ViewKind = {
  id: 'network',
  title: 'Network',
  open(parent, { frame, truth }) {
    const { lanes, placed } = placeNodes(frame)
    let dealings = dealingsOf(frame)
    const roles = [...new Set(frame.nodes.map(({ role }) => role))]
    const roleOf = new Map(frame.nodes.map(({ node, role }) => [node, role]))
    const columns = element('div', { class: 'columns' })
    const left = element('div')
    const right = element('div')
    columns.append(left, right)
    parent.append(columns)
    const picture = new NetworkPicture(left, 'Nodes in lanes of roles and chains, and their dealings', lanes)
    const ringMembers = ringOf(truth)
    left.append(
      legendOf(
        roles,
        `large: active just now; hollow: does not answer; diamond: insolvent; a wider line: more dealings${ringMembers.size === 0 ? '' : '; square around: in a ring (ground truth)'}`,
      ),
    )
    const sceneAt = (atMs: number): Scene => {
      const sinceMs = atMs - Math.max(LEAST_RECENT_MS, frame.durationMs * RECENT_SHARE)
      const busy = new Set(
        frame.events
          .slice(
            countUpTo(frame.events, sinceMs, (event) => event.at_ms),
            countUpTo(frame.events, atMs, (event) => event.at_ms),
          )
          .map(({ node }) => node),
      )
      const silent = new Set(frame.silent)
      const broke = new Set(
        frame.solvers.flatMap(({ solver }) =>
          (valueAt(frame, 'solver.equity', solver, atMs) ?? 0) < 0 ? [solver] : [],
        ),
      )
      return {
        nodes: placed.map((place) => ({
          ...place,
          colour: roles.indexOf(roleOf.get(place.node)!),
          isBusy: busy.has(place.node),
          isInRing: ringMembers.has(place.node),
          look: silent.has(place.node) ? 'silent' : broke.has(place.node) ? 'broke' : 'well',
        })),
        edges: edgesBetween(dealings, sinceMs, atMs),
      }
    }
    const known = truthTable(truth)
    if (known !== null) right.append(known)
    const tables = tablesIn(right)
    return {
      show(atMs) {
        const scene = sceneAt(atMs)
        picture.draw(scene)
        tables.show([...tableRowsAt(frame, roleOf, atMs), dealingRows(scene.edges)])
      },
      update: () => {
        dealings = dealingsOf(frame)
      },
      dispose: () => picture.dispose(),
    }
  },
}

function edgesBetween(dealings: readonly Dealing[], sinceMs: number, atMs: number): DrawnEdge[] {
  const counts = new Map<string, { from: string; to: string; n: number }>()
  const end = countUpTo(dealings, atMs, (dealing) => dealing.atMs)
  for (let at = countUpTo(dealings, sinceMs, (dealing) => dealing.atMs); at < end; at++) {
    const { from, to } = dealings[at]!
    const known = counts.get(`${from}>${to}`)
    if (known === undefined) counts.set(`${from}>${to}`, { from, to, n: 1 })
    else known.n += 1
  }
  return [...counts.values()]
}

/** What the picture's lines say. */
function dealingRows(edges: readonly DrawnEdge[]): TableRows {
  const most = edges.toSorted((a, b) => b.n - a.n).slice(0, MOST_DEALINGS)
  return [
    'Dealings just now',
    ['from', 'to', 'how often'],
    most.map(({ from, to, n }) => [from, to, String(n)]),
  ]
}

type TableRows = readonly [caption: string, head: readonly string[], rows: readonly (readonly string[])[]]

function tableRowsAt(frame: RunFrame, roleOf: ReadonlyMap<string, string>, atMs: number): TableRows[] {
  const stages = [
    ['signed', 'signed_ms'],
    ['awarded', 'awarded_ms'],
    ['filled', 'filled_ms'],
    ['proven', 'proven_ms'],
    ['claimed', 'claimed_ms'],
  ] as const
  const count = countUpTo(frame.events, atMs, ({ at_ms }) => at_ms)
  return [
    [
      'Orders so far',
      ['state', 'orders'],
      stages.map(([state, moment]) => [
        state,
        String(frame.orders.reduce((sum, order) => sum + (reached(order[moment], atMs) ? 1 : 0), 0)),
      ]),
    ],
    [
      'Solvers',
      ['solver', 'equity', 'change'],
      frame.solvers.map(({ solver, initial_equity }) => {
        const equity = valueAt(frame, 'solver.equity', solver, atMs) ?? initial_equity
        return [solver, shown(equity), shown(equity - initial_equity)]
      }),
    ],
    ['Do not answer', ['node', 'role'], frame.silent.map((node) => [node, roleOf.get(node) ?? ''])],
    [
      'What was injected so far',
      ['time', 'fault'],
      frame.faults.filter(({ at_ms }) => at_ms <= atMs).map(({ at_ms, label }) => [clockText(at_ms), label]),
    ],
    [
      'Just now',
      ['time', 'node', 'what'],
      frame.events
        .slice(Math.max(0, count - LAST_EVENTS), count)
        .map(({ at_ms, node, kind, state }) => [
          clockText(at_ms),
          node,
          [kind.replaceAll('-', ' '), ...(state === null ? [] : [state])].join(', '),
        ]),
    ],
  ]
}

/** Tables that are made anew only when what they say has changed; those that say nothing are left out. */
function tablesIn(parent: HTMLElement): { show(tables: readonly TableRows[]): void } {
  const said: string[] = []
  const places: HTMLElement[] = []
  const placeOf = (at: number): HTMLElement => {
    const known = places[at]
    if (known !== undefined) return known
    const made = element('div', { class: 'scroll brief' })
    places.push(made)
    parent.append(made)
    return made
  }
  return {
    show(tables) {
      tables.forEach(([caption, head, rows], at) => {
        const text = JSON.stringify(rows)
        if (said[at] === text) return
        said[at] = text
        placeOf(at).replaceChildren(...(rows.length === 0 ? [] : [table(caption, head, rows)]))
      })
    },
  }
}

const reached = (moment: number | null, atMs: number): boolean => moment !== null && moment <= atMs
