/**
 * One tree of named random streams.
 *
 * The first 16 bytes of SHA-256(seed ‖ 0 ‖ name) are a stream's state, so that it depends on the root seed and its
 * name only: a stream or a draw added in one place shifts nothing elsewhere, and two policies can be compared on
 * common random numbers.
 */
import type { Rng } from '@solvent/ports'
import { SolventError, sha256 } from '@solvent/primitives'
import { type GeneratorState, Xoshiro128Stream } from './random-stream.ts'

/** A tree of streams; the same name gives the same stream object. */
export interface RandomStreams extends Rng {
  stream(name: string): Xoshiro128Stream
}

/**
 * Makes the tree that grows from a root seed.
 *
 * @param rootSeed a whole number or a text; a number means its decimal digits
 * @throws E_SEED for a number that is not a safe integer
 * @example
 * createStreams(7).stream('latency/solver-3').uniform() // the same on every machine
 */
export function createStreams(rootSeed: number | string): RandomStreams {
  if (typeof rootSeed === 'number' && !Number.isSafeInteger(rootSeed)) {
    throw new SolventError({
      code: 'E_SEED',
      message: 'A seed is a whole number or a text.',
      details: { seed: rootSeed },
    })
  }
  const encoder = new TextEncoder()
  const streams = new Map<string, Xoshiro128Stream>()
  return {
    stream(name) {
      let stream = streams.get(name)
      if (stream === undefined) {
        stream = new Xoshiro128Stream(stateOf(sha256(encoder.encode(`${rootSeed}\0${name}`))))
        streams.set(name, stream)
      }
      return stream
    },
  }
}

function stateOf(hash: Uint8Array): GeneratorState {
  const view = new DataView(hash.buffer, hash.byteOffset)
  return [view.getInt32(0, true), view.getInt32(4, true), view.getInt32(8, true), view.getInt32(12, true)]
}
