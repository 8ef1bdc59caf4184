/**
 * Nominal types over plain values: a branded value is the value itself, the brand exists for the compiler.
 *
 * Brands are records of tags, so that they add up: a `Hash32` is also a `Hex`.
 */

declare const brand: unique symbol

/** A tag that only the constructors of this package hand out. */
export type Brand<Tag extends string> = { readonly [brand]: { readonly [K in Tag]: true } }
