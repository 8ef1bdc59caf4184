// Digests that must stay what they are from one version of the project to the next, on every machine.
//
// A change here means that runs of earlier versions can no longer be repeated: it needs a reason that the commit
// states (another generator, another trace format, other elementary functions), never just a red test. To see what
// the subjects give now: node scripts/boot.mjs node test/determinism/digest-program.ts --seed 7

export const GOLDEN_SEED = 7

export const GOLDEN_DIGESTS: Readonly<Record<string, string>> = {
  'elementary functions': '0x64ed5f15e38af9b85bcb02806bd83bb445893c4ed2ec488fb2f6c269e3dc39c2',
  kernel: '0x3e9f307163cdc86786f6295bd8a17455001496863703d099eea720df68a2f983',
}

/** Trace digests of whole scenarios at their own seeds, by file under configs/scenarios. */
export const GOLDEN_RUNS: Readonly<Record<string, string>> = {
  'quick.yaml': '0xef848dddf8b2c2a602662a975162b62d69e641eaeb866cce919d2bfe6261973d',
  'chain/reorg-removes-fill.yaml': '0x7e4cf1c28d53b203ee5c91b7f8927df7b8c0f3f3de456161c2f6f45ce5a2d9cd',
  'bridge/optimistic-bundles.yaml': '0xc4c41629c4c8d2fa23d441b60230d3d9d67ce7d9bc7593fdb58a509416ba892a',
  'rollup/sequencing-window-expired.yaml':
    '0x9ac6d9c6c61606a3f6cc4d7dd10e89b1574b65353d58b287be863a35b2806f67',
  'faults/swarm.yaml': '0x89380e0b6d3042edf28e7eb0cb686b74be2d90fec6041522c58492f42d1861bd',
}
