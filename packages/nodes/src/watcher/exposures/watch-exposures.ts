// The snapshot that a watcher can draw up now, of what it has gathered.
import { msToSeconds } from '@solvent/primitives'
import { circulatingOf } from '../balance-sheet.ts'
import { type Gathered, judgeOrders, type ReportPlan } from '../build-report.ts'
import { Marks } from '../marks.ts'
import { buildSnapshot } from './build-snapshot.ts'
import type { ExposureSnapshot } from './exposure-snapshot.ts'
import type { SnapshotMoment } from './snapshot-desk.ts'

export function watchExposures(
  plan: ReportPlan,
  gathered: Gathered,
  { atMs, label }: SnapshotMoment,
): ExposureSnapshot {
  const { auditor, books } = gathered
  const balances = auditor.balances()
  const backing = auditor.backing()
  const marks = new Marks({
    ...plan,
    rule: plan.lossRule,
    backing,
    circulating: (chainId, token) => circulatingOf(balances, chainId, token),
  })
  return buildSnapshot(
    {
      ...plan,
      balances,
      backing,
      vaults: auditor.vaults(),
      marks,
      orders: judgeOrders(plan, gathered, msToSeconds(atMs)),
      covers: books.derivatives.openCovers(),
      reserves: books.credit.reserves(msToSeconds(atMs)),
      transfers: [...books.orders.transfers.values()],
    },
    atMs,
    label,
  )
}
