// The floors of the house (docs/architecture): a package may import only from lower floors.
// Data for .dependency-cruiser.mjs and for the architecture test; packages that do not exist yet have their floor.

/** Folder of the package, and its floor. */
export const FLOORS: ReadonlyMap<string, number> = new Map([
  ['packages/primitives', 0],
  ['packages/protocol', 1],
  ['packages/ports', 1],
  ['packages/kernel', 2],
  ['packages/mechanisms', 2],
  ['packages/settlement', 2],
  ['packages/audit', 2],
  ['packages/contagion', 2],
  ['packages/strategies', 3],
  ['packages/nodes', 4],
  ['packages/runtime-sim', 5],
  ['packages/runtime-libp2p', 5],
  ['packages/collusion', 5],
  ['packages/experiments', 6],
  ['apps/cli', 7],
  ['apps/node', 7],
  ['apps/dashboard', 7],
])

/** Judges of the engine: they must not import what they judge. */
export const INDEPENDENT_OF_SETTLEMENT: readonly string[] = ['packages/audit', 'packages/contagion']

/** The only package that may import libp2p. */
export const LIBP2P_PACKAGE = 'packages/runtime-libp2p'

/** What "libp2p" means to that rule, as it looks in node_modules. */
export const LIBP2P_MODULES =
  '(^|/)node_modules/(libp2p|@libp2p/|@chainsafe/libp2p|@multiformats/multiaddr|it-pipe|it-length-prefixed)'
