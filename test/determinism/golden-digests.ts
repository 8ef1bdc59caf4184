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
  'quick.yaml': '0xb68d5c48f1c4401ca9e437506fbf90d399457001580e5c63e23097125061b0fc',
  'chain/reorg-removes-fill.yaml': '0x8f6a502e357b4acbb91b3d2c4f81638f52eda904b1ee96d141dd75d0a4c8f8d6',
  'bridge/optimistic-bundles.yaml': '0x30a18f6801b85d76fd4136984e9a408ed5a81e5665fd195173c98857c9d7cafc',
  'rollup/sequencing-window-expired.yaml':
    '0x224c48c98b55e20f24e0fa799c1369ea8a7429bf826b4783dc6b8e31e3311945',
  'faults/swarm.yaml': '0x79481def747678c21d04c22bfe208afd1d675f4760a60a2e7ffa90dfdbc33a79',
}
