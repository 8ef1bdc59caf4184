// Parts with a planted bug, numbered as in the catalogue of planted bugs. They exist only here: the product has no
// switch for them, the network is built with one in place of the sound part. Number 27 is in node-audits.ts.
import { compareBids, rankFeasible } from '@solvent/mechanisms'
import { auctionNetwork, sampledFrom, soundParts } from './auction-network.ts'
import type { Subject } from './subject.ts'

const PARETO_SHAPE = 1.6
let calls = 0

/** 26: who wins a tie depends on the process's own generator. */
export const randomTieBreak: Subject = auctionNetwork('tie broken by Math.random', {
  ...soundParts,
  winner: (bids, reserve) => {
    const [best] = rankFeasible(bids, reserve)
    if (best === undefined) return null
    const tied = bids.filter(({ outputAmount }) => outputAmount === best.outputAmount).sort(compareBids)
    return tied[Math.floor(Math.random() * tied.length)]!
  },
})

/** 28: `Math.pow` differs by one unit in the last place between Node 22 and 24, for one input in twelve. */
export const powSampler: Subject = auctionNetwork('value drawn with Math.pow', {
  ...soundParts,
  orderValue: (stream) => (1 - stream.uniform()) ** (-1 / PARETO_SHAPE),
})

/** 29: the log draws from the stream that decides the solvers' margins. */
export const sharedGenerator: Subject = auctionNetwork('generator shared with the log', {
  ...soundParts,
  samplingLog: (log, rng) => sampledFrom(log, rng.stream('margins')),
})

/** 35: never the same twice; a harness that does not report it reports nothing. */
export const canary: Subject = {
  name: 'canary',
  isSeeded: true,
  needsWasm: false,
  run: () => `${process.pid} ${process.hrtime.bigint()} ${calls++}`,
}
