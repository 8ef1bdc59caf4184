// When a fault begins, and whom faults between nodes name.
import { z } from 'zod'
import { seconds } from '../scenario/schema-scalars.ts'

/** The field that every fault has. */
export const faultTime = { atSeconds: seconds }

export const nodeNames = z.array(z.string().min(1).max(48)).min(1).max(64)
