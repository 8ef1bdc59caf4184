// `solvent explain RUN ORDER`: what happened to an order, and why.
import { openResults, orderStory } from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { bold, result, resultJson } from '../output/streams.ts'
import { table } from '../output/table.ts'
import { resultsPath } from '../user-path.ts'

export interface ExplainOptions {
  readonly json?: boolean | undefined
}

export async function explain(directory: string, order: string, options: ExplainOptions): Promise<number> {
  const results = await openResults(await resultsPath(directory))
  try {
    const story = await orderStory(results, order)
    if (options.json === true) resultJson(story)
    else {
      const { label, orderId, end, answer, steps } = story
      const rows = steps.map(({ atMs, node, what }) => [(atMs / 1_000).toFixed(3), node, what])
      result(
        `${bold(`Order ${label}`)} (${orderId}): ${end}\n${answer}\n\n${table(['second', 'node', 'what'], rows)}`,
      )
    }
    return EXIT.ok
  } finally {
    results.close()
  }
}
