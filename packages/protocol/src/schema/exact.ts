// Schemas and interfaces are written twice, once for people and once for bytes; the compiler holds them together.
import { z } from 'zod'

/**
 * Returns a schema as it is, and compiles only when it accepts exactly what `T` says: no field more, none less.
 *
 * @example const bidSchema = schemaOf<Bid>()(z.strictObject({ … }))
 */
export function schemaOf<T>() {
  return <S extends z.ZodType<T>>(schema: S & ([T] extends [z.output<S>] ? unknown : never)): S => schema
}

/** A list of at most `max` items, typed as the read-only lists of the interfaces. */
export function listOf<T>(item: z.ZodType<T>, max: number): z.ZodType<readonly T[]> {
  return z.array(item).max(max)
}

/** A value of the schema, or null. */
export function orNull<T>(item: z.ZodType<T>): z.ZodType<T | null> {
  return z.nullable(item)
}
