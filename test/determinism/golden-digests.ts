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
  'quick.yaml': '0xff0a4e9acdd24c224d35ce9aa1c24b9cb184ed36cf80accbb25c26917901541f',
  'chain/reorg-removes-fill.yaml': '0x8bce9b65f3ac071955c6e003e024adb390550eee596ba9a38a34cf928c7660ec',
  'bridge/optimistic-bundles.yaml': '0xdbf94b9d0bd12924bdf25f2925e89b3dd1228d2da083d9d260246831800abddc',
  'rollup/sequencing-window-expired.yaml':
    '0x2fdebf13efedeb980390f81d761228aaedaf7a60e3dbbbd4f02186191ba10e46',
  'faults/swarm.yaml': '0xd2e92cef73d688eb9cc5cf1ffe1b4e057325396fb66ca644c3357b6af9df60c3',
}
