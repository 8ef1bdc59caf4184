// What a results directory holds: the summary, the watcher's report in full, balances as CSV, the event log,
// and who owed whom at the moments that were asked for.

import type { ExposureNetwork } from '@solvent/contagion'
import type { RunReport } from '@solvent/nodes'
import { toJsonValue } from '@solvent/protocol'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { exposureFiles } from '../exposures/exposure-files.ts'
import type { LostNode } from '../live/running-network.ts'
import type { RunSummary } from './run-summary.ts'

export function resultFiles(run: {
  readonly plan: NetworkPlan
  readonly summary: RunSummary
  readonly report: RunReport
  readonly exposures: readonly ExposureNetwork[]
  readonly events: string
  readonly lost: readonly LostNode[]
  /** Put before the file names where two runs share a directory, e.g. `sim-`. */
  readonly prefix?: string
}): Map<string, string> {
  const { plan, summary, report, exposures, events, lost, prefix = '' } = run
  return new Map([
    [`${prefix}summary.json`, json(summary)],
    [`${prefix}orders.json`, json(toJsonValue(report.orders))],
    [
      `${prefix}metrics.json`,
      json(
        toJsonValue({
          counts: report.counts,
          welfare: report.welfare,
          chains: report.chains,
          solvers: report.solvers,
          bridges: report.bridges,
        }),
      ),
    ],
    [`${prefix}balances.csv`, balancesCsv(plan, report)],
    [`${prefix}events.jsonl`, events],
    ...[...exposureFiles(exposures)].map(([name, content]) => [`${prefix}${name}`, content] as const),
    ...(lost.length === 0 ? [] : [[`${prefix}lost.json`, json(lost)] as const]),
  ])
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Amounts in base units; every field is a name, an address or a number, so nothing needs quoting. */
function balancesCsv(plan: NetworkPlan, report: RunReport): string {
  const symbols = new Map(
    plan.spec.tokens.map(({ chainId, address, symbol }) => [`${chainId}/${address}`, symbol]),
  )
  const rows = report.balances.map(({ chainId, kind, owner, token, amount, gasPaid }) =>
    [chainId, kind, owner, symbols.get(`${chainId}/${token}`) ?? '', token, amount, gasPaid].join(','),
  )
  return `${['chainId,kind,owner,symbol,token,amount,gasPaid', ...rows].join('\n')}\n`
}
