// Where rules keep state that is looked up by a key: a plain Map, or a map whose writes a chain can take back. Nothing may
// depend on an order of iteration, so there is none.

/** Satisfied by `Map` and by `UndoableMap`. Values are replaced, never changed in place. */
export interface StateMap<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): void
  delete(key: K): void
}
