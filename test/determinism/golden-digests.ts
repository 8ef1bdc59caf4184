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
  'quick.yaml': '0x0572c46efe692a5515bd11ce8b1875cf7387d66c50a02fc3e2486ff2227f485d',
  'chain/reorg-removes-fill.yaml': '0xd5e0f996f79ec0a6fd37733d8bb577eece2e3c0e7ccc9805647539cc5918e31f',
  'bridge/optimistic-bundles.yaml': '0x260be41639adea20b2c8e04937a0d80a8947a1afa76ec80aabbb7b3ece5bb503',
  'rollup/sequencing-window-expired.yaml':
    '0xd48000567e6b102544e58b09879a2d17e6be9cc2731e608811d89eabda757d10',
  'faults/swarm.yaml': '0xe607ad8b95e2ad55aebce07e396641e3cd307a426a9a276b05fe62dc62ab6bf9',
}
