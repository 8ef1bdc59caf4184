/**
 * Runs the benchmarks: every `*.bench.ts` in `bench/` and in the `bench/` of packages and apps.
 *
 * A benchmark exports `name` (a line for the reader) and `run()`, which measures, prints its tables on stdout and
 * may be asynchronous. Each runs in a process of its own, so that none inherits another's heap or compiled code.
 *
 * Usage: `npm run bench [-- WORD…]` runs those whose path or name contains one of the words, or all of them.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

type Benchmark = { readonly name: string; run(): void | Promise<void> }

const self = fileURLToPath(import.meta.url)
const root = dirname(dirname(self))
const [first, ...rest] = process.argv.slice(2)

if (first?.endsWith('.bench.ts') && existsSync(resolve(root, first))) await runOne(first, rest)
else runAll(process.argv.slice(2))

function runAll(words: readonly string[]): void {
  const files = globSync(['bench/*.bench.ts', '{packages,apps}/*/bench/*.bench.ts'], { cwd: root }).sort()
  let failed = 0
  for (const file of files) {
    const child = spawnSync(process.execPath, [...process.execArgv, self, file, ...words], {
      stdio: 'inherit',
    })
    if (child.status !== 0) failed++
  }
  if (failed > 0) console.error(`${failed} of ${files.length} benchmarks failed`)
  process.exitCode = failed > 0 ? 1 : 0
}

async function runOne(file: string, words: readonly string[]): Promise<void> {
  const benchmark = (await import(pathToFileURL(resolve(root, file)).href)) as Benchmark
  const path = relative(root, resolve(root, file))
  const isWanted =
    words.length === 0 || words.some((word) => path.includes(word) || benchmark.name.includes(word))
  if (!isWanted) return
  console.log(`\n${benchmark.name}  (${path}, Node ${process.version})`)
  await benchmark.run()
}
