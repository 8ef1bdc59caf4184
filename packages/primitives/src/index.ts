/** Floor 0: what everything else is made of. */
export { assertNever } from './assert-never.ts'
export { blake3, blake3OfView } from './blake3.ts'
export type { Brand } from './brand.ts'
export { type CanonicalValue, DEFAULT_MAX_BYTES, DEFAULT_MAX_DEPTH, isForbiddenKey } from './canonical.ts'
export { type DecodeLimits, decodeCanonical } from './canonical-decode.ts'
export {
  canonicalBytesOf,
  type EncodeLimits,
  encodeCanonical,
  withCanonicalBytes,
} from './canonical-encode.ts'
export { isSameCanonical } from './canonical-equal.ts'
export { mostCanonicalBytes, roughCanonicalBytes } from './canonical-size.ts'
export { deepFreeze } from './deep-freeze.ts'
export { exp, ln, log1p, pow, sqrt } from './elementary.ts'
export {
  type ErrorCode,
  type ErrorDetails,
  isSolventError,
  SolventError,
  type SolventErrorOptions,
} from './error.ts'
export { blake3Hex, hashCanonical, keccakHex, sha256Hex } from './hash.ts'
export { bytesToHex, concatBytes, equalBytes, hexInto, hexToBytes } from './hex.ts'
export {
  type Address,
  type AssetId,
  asAddress,
  asAssetId,
  asBridgeId,
  asChainId,
  asHash32,
  asHex,
  asNodeId,
  asOrderId,
  assetId,
  asTopic,
  type BridgeId,
  type ChainId,
  chainOfAsset,
  type Hash32,
  type Hex,
  type NodeId,
  type OrderId,
  type Topic,
  tokenOfAsset,
  ZERO_ADDRESS,
  ZERO_HASH,
} from './ids.ts'
export {
  absBig,
  type Division,
  divFloor,
  divUp,
  isqrtFloor,
  maxBig,
  minBig,
  mulDivFloor,
  mulDivHalfUp,
  mulDivUp,
  mulDivWithResidue,
} from './integer.ts'
export { keccak256 } from './keccak256.ts'
export { finalise32, hash32OfBytes, hash32OfString, hash32OfValue, mix32 } from './mix32.ts'
export { createNamedRule, type NamedRule, type RuleParameter } from './named-rule.ts'
export { nearestName } from './nearest-name.ts'
export { normalBelow, normalDensity } from './normal-distribution.ts'
export { packedHash, packedHashBy } from './packed-hash.ts'
export {
  packedKeys,
  packInteger,
  packKeys,
  packList,
  packNumber,
  packText,
  packValue,
} from './packed-value.ts'
export { forgetObjects, RecentObjects, remembered } from './remembered.ts'
export { sha256 } from './sha256.ts'
export {
  BPS,
  BPS_NUMBER,
  formatUnits,
  MS_PER_DAY,
  MS_PER_HOUR,
  MS_PER_MINUTE,
  MS_PER_SECOND,
  msToSeconds,
  PRICE_ONE_E8,
  parseUnits,
  RAY,
  secondsToMs,
  WAD,
  wholeUnit,
} from './units.ts'
