// The part of a parent's header from which the next fees follow.
import type { BlockHeader } from '@solvent/protocol'

export type FeeParent = Pick<BlockHeader, 'number' | 'baseFee' | 'gasUsed' | 'market'>
