// Results by the identity of their objects: an artefact is looked at by many nodes within a short time. Artefacts are
// immutable: one that is changed in place keeps its old digest, a copy (`{...order, nonce}`) gets its own.

/** How many objects a memory may hold twice over before the older half is dropped. */
const REMEMBERED = 4_096

/**
 * The function, computed once for each of the objects seen last.
 *
 * Two maps, of which the older is dropped when the younger is full. A WeakMap would remember for ever, but it keeps every
 * key alive until the next full garbage collection, which costs four times as much.
 *
 * @param most objects in each map
 */
export function remembered<T extends object, R>(
  compute: (value: T) => R,
  most = REMEMBERED,
): (value: T) => R {
  let young = new Map<T, R>()
  let old = new Map<T, R>()
  return (value) => {
    const known = young.get(value) ?? old.get(value)
    if (known !== undefined) return known
    const result = compute(value)
    if (young.size >= most) {
      old = young
      young = new Map()
    }
    young.set(value, result)
    return result
  }
}
