/** Freezing of data that has passed the edge. */

/**
 * Freezes plain data all the way down and returns it; bytes are left alone (typed arrays cannot be frozen).
 *
 * @example deepFreeze({ legs: [{ amount: 1n }] }).legs.length // 1, and nothing in it can change
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value))
    return value
  Object.freeze(value)
  for (const inner of Object.values(value)) deepFreeze(inner)
  return value
}
