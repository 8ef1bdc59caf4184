// Incidents as files: each says what went in, what was calibrated and what is expected, and its expectations follow from
// the shock: half of it does not meet them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadScenario, runScenario } from '@solvent/experiments'
import { describe, expect, it } from 'vitest'

const FOLDER = join(import.meta.dirname, '../../configs/incidents')
const TIMEOUT_MS = 120_000
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8')

/** Incidents at bridges: what they took stands in forged messages. Control variants say so by having no inputs of their own. */
const bridgeIncidents = readdirSync(FOLDER).filter((file) => {
  const text = read(file)
  return /deliver-forged|kind: forge/.test(text) && text.includes('# Calibrated:')
})

/** Incidents of chains: what happened to them is how long something stood still. */
const chainIncidents = ['base-2026.yaml', 'ethereum-finality-2023.yaml', 'polygon-zkevm-2024.yaml']

/** The file with half of every amount that was forged. */
function halved(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      /deliver-forged|kind: forge/.test(line)
        ? line.replace(/amount: "([^"]+)"/, (_whole, amount: string) => `amount: "${Number(amount) / 2}"`)
        : line,
    )
    .join('\n')
}

/** The file with half of every time that a fault lasts. */
function shortened(text: string): string {
  return text.replace(/forSeconds: (\d+)/g, (_whole, seconds: string) => `forSeconds: ${Number(seconds) / 2}`)
}

async function failures(text: string): Promise<readonly string[]> {
  const loaded = loadScenario('incident.yaml', new TextEncoder().encode(text))
  const run = { loaded, seed: loaded.scenario.seed, runtime: 'sim', nodeProgram: '' } as const
  const { summary } = await runScenario(run)
  return summary.expectations.filter(({ ok }) => !ok).map(({ name }) => name)
}

it('the incidents of the record are there', () => {
  expect(bridgeIncidents.map((file) => file.replace('.yaml', ''))).toEqual([
    'hyperbridge-2026',
    'iotube-2026',
    'nomad-2022',
    'ronin-2022',
    'ronin-2024',
    'wormhole-2022',
  ])
})

describe.each(bridgeIncidents)('%s', (file) => {
  it('says what went in, what was calibrated, what is expected, and which file shows a control', () => {
    const text = read(file)
    for (const part of ['Inputs, known before', 'Calibrated', 'Expectations'])
      expect(text).toContain(`# ${part}`)
    const variant = /# Control variant: (\S+\.yaml)/.exec(text)?.[1] ?? ''
    expect(readdirSync(FOLDER)).toContain(variant)
    const table = readFileSync(join(FOLDER, '../../docs/incidents.md'), 'utf8')
    expect(table).toContain(`\`${file}\``)
    expect(table).toContain(`\`${variant}\``)
  })

  it('does not come out with half of what was taken', { timeout: TIMEOUT_MS }, async () => {
    expect(await failures(halved(read(file)))).not.toEqual([])
  })
})

describe.each(chainIncidents)('%s', (file) => {
  it('says what went in, what was calibrated, what is expected, and stands in the table', () => {
    const text = read(file)
    for (const part of ['Inputs, known before', 'Calibrated', 'Expectations'])
      expect(text).toContain(`# ${part}`)
    expect(readFileSync(join(FOLDER, '../../docs/incidents.md'), 'utf8')).toContain(`\`${file}\``)
  })

  it('does not come out when it lasts half as long', { timeout: TIMEOUT_MS }, async () => {
    expect(await failures(shortened(read(file)))).not.toEqual([])
  })
})
