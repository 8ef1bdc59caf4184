// What a launcher and a node process say over their IPC channel: only how far the start is, never anything that
// nodes say to each other. The channel may break at any time; a node goes on without it.

export type FromNodeProcess =
  /** Modules are loaded; waiting for the start. */
  | { readonly kind: 'loaded' }
  /** Connected and part of every mesh. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }

export type ToNodeProcess =
  /** All are loaded: listen and connect. Virtual time stands at genesis. */
  | { readonly kind: 'connect' }
  /** All are connected: virtual time runs from this moment of the wall on. */
  | { readonly kind: 'begin'; readonly startedAtWallMs: number }
