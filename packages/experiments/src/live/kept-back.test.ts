import type { RunReport } from '@solvent/nodes'
import { asAddress, asChainId, asHash32 } from '@solvent/primitives'
import { type DomainEvent, toJsonValue } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { withKeptBack } from './kept-back.ts'

const hub = asAddress(`0x${'0b'.repeat(20)}`)
const rsEth = asAddress(`0x${'01'.repeat(20)}`)
const usdc = asAddress(`0x${'02'.repeat(20)}`)
const L1 = asChainId(1)
const route = (symbol: string, token: typeof rsEth) => ({ symbol, home: { chainId: L1, token }, wrapped: [] })
const spec = { bridges: [{ address: hub, routes: [route('rsETH', rsEth), route('USDC', usdc)] }] }
const outcome = (asset: string) => ({ address: hub, asset, refused: 0, held: 0 })
const report = { bridges: [outcome('rsETH'), outcome('USDC')] } as unknown as RunReport

const digest = (n: number) => asHash32(`0x${n.toString(16).padStart(64, '0')}`)
const said = (node: string, event: object) =>
  `${JSON.stringify({ atMs: 1, node, ...(toJsonValue(event as DomainEvent) as object) })}\n`
const of = (token: string, n: number) => ({
  digest: digest(n),
  message: { bridge: hub, dstChainId: L1, payload: { kind: 'transfer', token, amount: 1n } },
})

it('counts what verifiers say that they keep back, each transfer once, by its asset', () => {
  const log = [
    said('v1', { kind: 'transfer-governed', verdict: 'held', ...of(rsEth, 1) }),
    said('v2', { kind: 'transfer-governed', verdict: 'held', ...of(rsEth, 1) }),
    said('v1', { kind: 'transfer-governed', verdict: 'held', ...of(rsEth, 2) }),
    said('v1', { kind: 'transfer-governed', verdict: 'waited', ...of(rsEth, 1) }),
    said('v1', { kind: 'transfer-governed', verdict: 'passed', ...of(usdc, 3) }),
    said('v1', { kind: 'transfer-withheld', ...of(usdc, 4) }),
    said('v2', { kind: 'transfer-withheld', ...of(usdc, 4) }),
    said('v1', { kind: 'transfer-withheld', ...of('0xelsewhere', 5) }),
  ].join('')
  expect(withKeptBack(report, spec as never, log).bridges).toEqual([
    { ...outcome('rsETH'), held: 2 },
    { ...outcome('USDC'), refused: 1 },
  ])
  expect(withKeptBack(report, spec as never, '')).toBe(report)
})
