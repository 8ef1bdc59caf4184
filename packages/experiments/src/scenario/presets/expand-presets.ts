// Replaces `preset: <name>` in the chains of a scenario file by the keys of that chain, before the shape is checked.
// Keys beside `preset` override the preset's; the scenario that is hashed and run has no presets left.
import type { Findings } from '../findings.ts'
import { chainPresets } from './chain-presets.ts'

type Tree = Readonly<Record<string, unknown>>

/** The tree with its presets written out; problems go to `findings`, and such a chain stays as it was. */
export function expandPresets(tree: unknown, findings: Findings): unknown {
  if (!isMap(tree) || !isMap(tree.chains)) return tree
  const chains = Object.entries(tree.chains).map(([name, chain]) => [name, expand(name, chain, findings)])
  return { ...tree, chains: Object.fromEntries(chains) }
}

function expand(name: string, chain: unknown, findings: Findings): unknown {
  if (!isMap(chain) || !('preset' in chain)) return chain
  const { preset, ...own } = chain
  const path = ['chains', name]
  const known = chainPresets.get(String(preset))
  if (known === undefined) {
    findings.reference([...path, 'preset'], 'preset', String(preset), [...chainPresets.keys()])
    return chain
  }
  if ('kind' in own && own.kind !== known.keys.kind)
    findings.add('E_VALUE', [...path, 'kind'], 'the kind is that of the preset', {
      got: String(own.kind),
      allowed: `${known.keys.kind}, or no kind beside preset: ${String(preset)}`,
    })
  return { ...known.keys, ...own }
}

function isMap(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
