// One node, one process: `node apps/node/src/main.ts --network DIR/network.json --node NAME`. Started by the
// launcher (`solvent up`, `solvent run --runtime libp2p`).
import { enableCompileCache } from 'node:module'
import { parseArgs } from 'node:util'

enableCompileCache()
const { values } = parseArgs({ options: { network: { type: 'string' }, node: { type: 'string' } } })
if (values.network === undefined || values.node === undefined) {
  process.stderr.write('usage: main.ts --network FILE --node NAME\n')
  process.exit(2)
}
const { runNodeProcess } = await import('@solvent/experiments/node-process')
process.exit(await runNodeProcess({ networkFile: values.network, node: values.node }))
