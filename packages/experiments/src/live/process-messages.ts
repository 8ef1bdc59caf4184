// What a launcher and a node process say over their IPC channel: how far the start is, and how fast time runs, never anything
// that nodes say to each other. The channel may break at any time; a node goes on without it.
import type { Pace } from '@solvent/runtime-libp2p'

export type FromNodeProcess =
  /** Modules are loaded; waiting for the start. */
  | { readonly kind: 'loaded' }
  /** Connected and part of every mesh. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  /** How late the node's timers came at most since it last said so, virtual ms. */
  | { readonly kind: 'lag'; readonly lagMs: number }

export type ToNodeProcess =
  /** All are loaded: listen and connect. Virtual time stands at genesis. */
  | { readonly kind: 'connect' }
  /** All are connected: virtual time runs from this moment of the wall on. */
  | { readonly kind: 'begin'; readonly pace: Pace }
  /** Virtual time goes on faster or slower, from this moment of the wall on. */
  | { readonly kind: 'pace'; readonly pace: Pace; readonly fromWallMs: number }
