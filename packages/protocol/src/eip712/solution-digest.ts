// What a solver signs when it proposes a solution of a batch; in the domain of its auctioneer.
import { type Hash32, keccak256, remembered } from '@solvent/primitives'
import type { Solution, SolutionItem } from '../auction/solution.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex, putInteger, putUint256, WORD_BYTES, wordBuffer } from './word.ts'

const itemTypeString = 'SolutionItem(bytes32 orderId,uint256 outputAmount)'
export const solutionTypeString = `Solution(address auctioneer,address solver,uint32 closesAt,SolutionItem[] items)${itemTypeString}`

const struct = structBuffer(solutionTypeString, 4)
const itemStruct = structBuffer(itemTypeString, 2)

/** EIP-712 digest of a solution, which is also its name. Remembered for a while. */
export const solutionDigest: (solution: Solution) => Hash32 = remembered((solution: Solution) => {
  putHex(struct, 1, solution.auctioneer)
  putHex(struct, 2, solution.solver)
  putInteger(struct, 3, solution.closesAt)
  struct.set(hashItems(solution.items), 4 * WORD_BYTES)
  return typedDigest(domainSeparator(domainNames.auction, null, solution.auctioneer), struct)
})

function hashItems(items: readonly SolutionItem[]): Uint8Array {
  const hashes = wordBuffer(items.length)
  items.forEach(({ orderId, outputAmount }, index) => {
    putHex(itemStruct, 1, orderId)
    putUint256(itemStruct, 2, outputAmount)
    hashes.set(keccak256(itemStruct), index * WORD_BYTES)
  })
  return keccak256(hashes)
}
