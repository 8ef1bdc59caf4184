// Writes configs/scenario.schema.json, which editors check scenario files against. Run with `npm run schema` after
// a change of the schema; a test compares the file with what this writes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scenarioJsonSchema } from '../packages/experiments/src/scenario/scenario-schema.ts'

const file = join(import.meta.dirname, '../configs/scenario.schema.json')
writeFileSync(file, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`)
process.stderr.write(`wrote ${file}\n`)
