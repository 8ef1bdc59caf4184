// A process that runs one run of a sweep again: `replay-program.ts SWEEP_DIR RUN OUT_DIR`.
import { replayResults } from '@solvent/experiments/sweep'

const [directory = '', index = '', out = ''] = process.argv.slice(2)
try {
  await replayResults(directory, Number(index), out)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
