// All subjects of the proof: the sound ones, and those that the proof must find fault with.
import { auctionNetwork } from './auction-network.ts'
import { elementaryFunctions } from './elementary-functions.ts'
import { kernelWorkload } from './kernel-workload.ts'
import { canary, powSampler, randomTieBreak, sharedGenerator } from './planted-bugs.ts'
import type { Subject } from './subject.ts'
import { realScenario, wholeScenario } from './whole-scenario.ts'

export const SOUND: readonly Subject[] = [
  elementaryFunctions,
  kernelWorkload,
  auctionNetwork('auction network'),
  wholeScenario,
  realScenario,
]
export const PLANTED: readonly Subject[] = [randomTieBreak, powSampler, sharedGenerator, canary]
export const SUBJECTS: readonly Subject[] = [...SOUND, ...PLANTED]
