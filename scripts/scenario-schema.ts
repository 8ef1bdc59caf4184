// Writes configs/scenario.schema.json, sweep.schema.json and learn.schema.json, which editors check files against. Run with
// `npm run schema` after a change of a schema; tests compare the files with what this writes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { learnJsonSchema } from '../packages/experiments/src/learning/learn-schema.ts'
import { scenarioJsonSchema } from '../packages/experiments/src/scenario/scenario-schema.ts'
import { sweepJsonSchema } from '../packages/experiments/src/sweep/sweep-schema.ts'

for (const [name, schema] of [
  ['scenario', scenarioJsonSchema()],
  ['sweep', sweepJsonSchema()],
  ['learn', learnJsonSchema()],
] as const) {
  const file = join(import.meta.dirname, `../configs/${name}.schema.json`)
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
  process.stderr.write(`wrote ${file}\n`)
}
