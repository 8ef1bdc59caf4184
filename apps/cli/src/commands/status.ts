// `solvent status`: nodes, peers, chains and backing of the running network.
import { connectOperator } from '@solvent/experiments/live'
import { toJsonValue } from '@solvent/protocol'
import { EXIT } from '../exit-code.ts'
import { effectTables } from '../output/effect-tables.ts'
import { bold, red, result, resultJson } from '../output/streams.ts'
import { percent, table } from '../output/table.ts'
import { networkDirectory } from '../project.ts'

/** In the order of an order's life. */
const STATES = [
  'signed',
  'opened',
  'filled',
  'settled',
  'refunded',
  'stranded',
  'expired',
  'cancelled',
  'rejected',
  'pending',
] as const

export async function status(options: { readonly json?: boolean | undefined }): Promise<number> {
  const operator = await connectOperator(networkDirectory())
  try {
    const replies = await operator.askAll({ kind: 'status' })
    const nodes = operator.plan.nodes.map(({ id, role }) => {
      const reply = replies.get(id)
      return { id, role, status: reply?.kind === 'status' ? reply.status : null }
    })
    const report = await operator.report().catch(() => null)
    if (options.json === true) {
      resultJson(
        toJsonValue({
          nodes,
          chains: report?.chains ?? [],
          bridges: report?.bridges ?? [],
          orders: report?.counts ?? null,
          oracles: report?.oracles ?? [],
          bundles: report?.bundles ?? [],
          rotations: report?.rotations ?? [],
          evidence: report?.evidence ?? null,
        }),
      )
      return EXIT.ok
    }
    result(bold('Nodes'))
    result(
      table(
        ['node', 'role', 'peers', 'state'],
        nodes.map(({ id, role, status: own }) => [
          id,
          role,
          String(own?.peers ?? '-'),
          own?.summary ?? red('no answer'),
        ]),
      ),
    )
    if (report !== null) {
      result(`\n${bold('Chains')}`)
      result(
        table(
          ['chain', 'head', 'safe', 'finalized', 'blocks', 'transactions'],
          report.chains.map((chain) =>
            [chain.name, chain.head, chain.safe, chain.finalized, chain.blocks, chain.transactions].map(
              String,
            ),
          ),
        ),
      )
      result(`\n${bold('Backing')}`)
      result(
        table(
          ['bridge', 'asset', 'backing', 'paused'],
          report.bridges.map((bridge) => [
            bridge.id,
            bridge.asset,
            percent(bridge.backingRatio),
            bridge.paused ? 'paused' : 'open',
          ]),
        ),
      )
      result(`\n${bold('Orders')}`)
      result(
        table(
          ['reached', 'count'],
          STATES.map((state) => [state, String(report.counts[state])]),
        ),
      )
      for (const { title, text } of effectTables(report)) result(`\n${bold(title)}\n${text}`)
    }
    return EXIT.ok
  } finally {
    await operator.close()
  }
}
