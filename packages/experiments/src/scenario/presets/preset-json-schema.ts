// What editors are told of a chain that names a preset: the name, and any key of the chain beside it.
import { chainPresets } from './chain-presets.ts'

interface Branch {
  readonly properties: Readonly<Record<string, object>>
}

/** The branch of `chains` for sections with `preset`; `kinds` are the branches that the schema has for kinds of chains. */
export function presetBranch(kinds: readonly Branch[]): object {
  const properties: Record<string, object> = {
    preset: { type: 'string', enum: [...chainPresets.keys()] },
  }
  for (const kind of kinds) {
    for (const [key, shape] of Object.entries(kind.properties)) {
      if (key === 'kind') continue
      // A default would be filled in over the preset's value.
      const { default: _, ...plain } = shape as { default?: unknown }
      const before = properties[key] as { anyOf?: readonly object[] } | undefined
      properties[key] = before === undefined ? plain : eitherOf(before, plain)
    }
  }
  return { type: 'object', properties, required: ['preset'], additionalProperties: false }
}

/** Two kinds may bound one key differently. */
function eitherOf(before: { readonly anyOf?: readonly object[] }, shape: object): object {
  const shapes = before.anyOf ?? [before]
  const text = JSON.stringify(shape)
  return shapes.some((known) => JSON.stringify(known) === text) ? before : { anyOf: [...shapes, shape] }
}
