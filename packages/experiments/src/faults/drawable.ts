// What may stand for a value of a fault: the value, a range that the seed draws from, or a list that it picks from. The
// schemas of faults say nothing of it: it is added to every field that is one number, amount, name or word.
import { z } from 'zod'
import { decimal } from '../scenario/schema-scalars.ts'

export type FieldKind = 'whole' | 'real' | 'decimal' | 'word'

export interface DrawableField {
  readonly kind: FieldKind
  /** The field with a range or a list in its place. */
  readonly schema: z.ZodType
}

/** Lists are short: one value is picked from them. */
const MOST_CHOICES = 64

/** Null for what is drawn from nothing: lists, flags, the kind itself. */
export function drawableField(schema: z.ZodType): DrawableField | null {
  const base = baseOf(schema)
  const kind = base === null ? null : kindOf(base)
  if (base === null || kind === null) return null
  const choice = z.strictObject({ oneOf: z.array(base).min(1).max(MOST_CHOICES) })
  const alternatives = kind === 'word' ? [choice] : [z.strictObject({ from: base, to: base }), choice]
  return { kind, schema: z.union([schema, ...alternatives]) }
}

/** The schema of a whole fault, each field with what may stand for it, and what every fault may say of itself. */
export function drawableSchema(plain: z.ZodObject, more: z.ZodRawShape): z.ZodObject {
  const shape = Object.entries(plain.shape).map(([key, field]) => [
    key,
    drawableField(field as z.ZodType)?.schema ?? field,
  ])
  return z.strictObject({ ...Object.fromEntries(shape), ...more })
}

/** What a number may be at least and at most; null of a field that is no number. */
export function boundsOf(schema: z.ZodType): readonly [least: number, most: number] | null {
  const base = baseOf(schema)
  return base instanceof z.ZodNumber ? [base.minValue ?? -Infinity, base.maxValue ?? Infinity] : null
}

function kindOf(base: z.ZodType): FieldKind | null {
  if (base === decimal) return 'decimal'
  if (base instanceof z.ZodNumber) return base.isInt ? 'whole' : 'real'
  return base instanceof z.ZodString || base instanceof z.ZodEnum ? 'word' : null
}

/** Without defaults and what may be left out; of alternatives the one that is a number. */
function baseOf(schema: z.ZodType): z.ZodType | null {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return baseOf(schema.def.innerType as z.ZodType)
  // What is written in several ways is drawn as it is read in the end.
  if (schema instanceof z.ZodPipe) return baseOf(schema.def.in as z.ZodType)
  if (schema instanceof z.ZodUnion)
    return (schema.options as readonly z.ZodType[]).find((each) => each instanceof z.ZodNumber) ?? null
  return schema
}
