// Prints the digest of each subject for a seed, one JSON line each. It runs under plain Node (type stripping, 22.18
// and later) with any flags, so that the proof can compare what other processes and other versions make of it:
//
//   node test/determinism/digest-program.ts --seed 7 [--observed] [--subject NAME]... [--no-wasm]
import { parseArgs } from 'node:util'
import { SUBJECTS } from './subjects/index.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    observed: { type: 'boolean', default: false },
    subject: { type: 'string', multiple: true },
    'no-wasm': { type: 'boolean', default: false },
  },
})
const chosen = SUBJECTS.filter(
  ({ name, needsWasm }) => (values.subject?.includes(name) ?? true) && !(needsWasm && values['no-wasm']),
)
for (const subject of chosen) {
  const digest = await subject.run({ seed: Number(values.seed), isObserved: values.observed })
  process.stdout.write(`${JSON.stringify({ subject: subject.name, digest })}\n`)
}
