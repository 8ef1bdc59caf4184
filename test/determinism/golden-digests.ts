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
  'quick.yaml': '0x912c5852dfbfe8c9e6640787114642c45956d8dafffde22a6db8febe79c98b5c',
  'chain/reorg-removes-fill.yaml': '0xeac46d41a10dd6890f3037b8d104de4f190638edac97e7452dc3be6a6e89058e',
  'bridge/optimistic-bundles.yaml': '0x18bb83bf064e6e458c452293285f341fbfa5e789b23511e9f14832455c2c4d36',
  'rollup/sequencing-window-expired.yaml':
    '0xe395cdf9e3c5335a772dc5383cc43879672334bfce5335a4c4e7e07515619a76',
  'faults/swarm.yaml': '0x31485109be2060f9a28ecab14c3c40b789e355cdf05caca620e1ef2ef6d0e5ed',
}
