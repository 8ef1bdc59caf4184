// Transfers that verifiers' accountants have refused and their governors have made wait, in a live network: verifiers say so in their
// own logs, which the watcher does not hear.

import type { RunReport } from '@solvent/nodes'
import type { BridgeSpec, DomainEvent, NetworkSpec } from '@solvent/protocol'

type KeptBack = Extract<DomainEvent, { kind: 'transfer-withheld' | 'transfer-governed' }>
/** As much of it as its line has unchanged. */
type Line = Pick<KeptBack, 'digest'> & {
  readonly kind: KeptBack['kind']
  readonly verdict?: string
  readonly message: {
    readonly bridge: string
    readonly dstChainId: number
    readonly payload: { readonly token?: string }
  }
}

/**
 * A report with what the logs of its nodes say of transfers that were kept back.
 *
 * @param eventLog JSON lines of domain events
 */
export function withKeptBack(report: RunReport, { bridges }: NetworkSpec, eventLog: string): RunReport {
  const kept = eventLog
    .split('\n')
    .filter((line) => line.includes('"transfer-governed"') || line.includes('"transfer-withheld"'))
    .map((line) => JSON.parse(line) as Line)
  if (kept.length === 0) return report
  return {
    ...report,
    bridges: report.bridges.map((outcome) => {
      const bridge = bridges.find(({ address }) => address === outcome.address)
      const own = kept.filter(({ message }) => concerns(bridge, outcome.asset, message))
      return {
        ...outcome,
        refused: digestsOf(own.filter(({ kind }) => kind === 'transfer-withheld')),
        held: digestsOf(own.filter(({ verdict }) => verdict === 'held')),
      }
    }),
  }
}

function concerns(bridge: BridgeSpec | undefined, asset: string, message: Line['message']): boolean {
  const { token } = message.payload
  if (bridge === undefined || message.bridge !== bridge.address) return false
  return bridge.routes.some(
    ({ symbol, home, wrapped }) =>
      symbol === asset &&
      [home, ...wrapped].some((end) => end.chainId === message.dstChainId && end.token === token),
  )
}

/** Every verifier says it, and each transfer counts once. */
function digestsOf(lines: readonly Line[]): number {
  return new Set(lines.map(({ digest }) => digest)).size
}
