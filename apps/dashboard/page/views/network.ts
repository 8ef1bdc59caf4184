// The network: nodes by role, chains as lanes, and who dealt with whom in the last while.
import { COLOURS, chartIn, faint, ink } from '../charts.ts'
import { element, shown, table } from '../dom.ts'
import type { ViewKind } from '../view.ts'
import { placeNodes } from './lanes.ts'
import { valueAt } from './series.ts'
import { dealingsOf } from './traffic.ts'

/** The share of the run that counts as just now. */
const RECENT_SHARE = 0.02
const LEAST_RECENT_MS = 5_000
const NODE_SIZE = 16
const BUSY_SIZE = 26
const MOST_LABELS = 60

export const networkView: ViewKind = {
  id: 'network',
  title: 'Network',
  open(parent, { frame }) {
    const { lanes, placed } = placeNodes(frame)
    let dealings = dealingsOf(frame)
    const roles = [...new Set(frame.nodes.map(({ role }) => role))]
    const roleOf = new Map(frame.nodes.map(({ node, role }) => [node, role]))
    const initial = new Map(frame.solvers.map(({ solver, initial_equity }) => [solver, initial_equity]))
    const columns = element('div', { class: 'columns' })
    const left = element('div')
    const right = element('div')
    columns.append(left, right)
    parent.append(columns)
    const chart = chartIn(left, 'Nodes in lanes of roles and chains, and their dealings')
    const laneMarks = lanes.map(({ name, y }) => ({
      name: `lane ${name}`,
      x: -60,
      y,
      symbolSize: 1,
      itemStyle: { color: 'transparent' },
      label: { show: true, formatter: name, position: 'right', color: ink(), fontWeight: 'bold' },
    }))
    return {
      show(atMs) {
        const recentMs = Math.max(LEAST_RECENT_MS, frame.durationMs * RECENT_SHARE)
        const recent = dealings.filter((dealing) => dealing.atMs <= atMs && dealing.atMs > atMs - recentMs)
        const counts = new Map<string, { from: string; to: string; n: number }>()
        for (const { from, to } of recent) {
          const known = counts.get(`${from}>${to}`) ?? { from, to, n: 0 }
          known.n += 1
          counts.set(`${from}>${to}`, known)
        }
        const busy = new Set(
          frame.events
            .filter(({ at_ms }) => at_ms <= atMs && at_ms > atMs - recentMs)
            .map(({ node }) => node),
        )
        const silent = new Set(frame.silent)
        const broke = frame.solvers.flatMap(({ solver }) =>
          (valueAt(frame, 'solver.equity', solver, atMs) ?? 0) < 0 ? [solver] : [],
        )
        chart.set({
          series: [
            {
              type: 'graph',
              layout: 'none',
              roam: true,
              data: [
                ...laneMarks,
                ...placed.map(({ node, x, y }, place) => ({
                  name: node,
                  x,
                  y,
                  symbolSize: busy.has(node) ? BUSY_SIZE : NODE_SIZE,
                  symbol: silent.has(node) ? 'emptyCircle' : broke.includes(node) ? 'diamond' : 'circle',
                  itemStyle: {
                    color: COLOURS[roles.indexOf(roleOf.get(node)!) % COLOURS.length],
                    borderColor: broke.includes(node) ? ink() : 'transparent',
                    borderWidth: 3,
                  },
                  // Neighbours take turns, so that long names do not run into each other.
                  label: {
                    show: placed.length <= MOST_LABELS,
                    position: place % 2 === 0 ? 'bottom' : 'top',
                    color: ink(),
                    fontSize: 10,
                  },
                })),
              ],
              edges: [...counts.values()].map(({ from, to, n }) => ({
                source: from,
                target: to,
                lineStyle: { width: 1 + Math.log2(n), color: ink(), opacity: 0.7, curveness: 0.15 },
              })),
              edgeSymbol: ['none', 'arrow'],
              edgeSymbolSize: 8,
              lineStyle: { color: faint() },
            },
          ],
        })
        right.replaceChildren(
          table(
            'Orders so far',
            ['state', 'orders'],
            [
              ['signed', frame.orders.filter(({ signed_ms }) => reached(signed_ms, atMs)).length],
              ['awarded', frame.orders.filter(({ awarded_ms }) => reached(awarded_ms, atMs)).length],
              ['filled', frame.orders.filter(({ filled_ms }) => reached(filled_ms, atMs)).length],
              ['proven', frame.orders.filter(({ proven_ms }) => reached(proven_ms, atMs)).length],
              ['claimed', frame.orders.filter(({ claimed_ms }) => reached(claimed_ms, atMs)).length],
            ].map((row) => row.map(String)),
          ),
          ...tableUnlessEmpty(
            'Solvers',
            ['solver', 'equity', 'change'],
            frame.solvers.map(({ solver }) => {
              const equity = valueAt(frame, 'solver.equity', solver, atMs) ?? initial.get(solver)!
              return [solver, shown(equity), shown(equity - initial.get(solver)!)]
            }),
          ),
          ...tableUnlessEmpty(
            'Do not answer',
            ['node', 'role'],
            frame.silent.map((node) => [node, roleOf.get(node) ?? '']),
          ),
          table(
            'What was injected so far',
            ['second', 'fault'],
            frame.faults
              .filter(({ at_ms }) => at_ms <= atMs)
              .map(({ at_ms, label }) => [shown(at_ms / 1_000), label]),
          ),
          table(
            'Just now',
            ['second', 'node', 'what'],
            frame.events
              .filter(({ at_ms }) => at_ms <= atMs)
              .slice(-8)
              .map(({ at_ms, node, kind }) => [shown(at_ms / 1_000), node, kind.replaceAll('-', ' ')]),
          ),
        )
      },
      update: () => {
        dealings = dealingsOf(frame)
      },
      dispose: () => chart.dispose(),
    }
  },
}

function tableUnlessEmpty(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLElement[] {
  return rows.length === 0 ? [] : [table(caption, head, rows)]
}

const reached = (moment: number | null, atMs: number): boolean => moment !== null && moment <= atMs
