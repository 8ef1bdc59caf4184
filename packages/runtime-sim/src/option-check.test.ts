import { asNodeId, isSolventError } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createSimulation } from './simulation.ts'
import { createProbeNetwork, type ProbeNetworkOptions } from './testing/probe-network.ts'

function refusal(build: () => unknown): unknown {
  try {
    build()
  } catch (error) {
    return isSolventError(error) ? { code: error.code, ...error.details } : error
  }
  return 'nothing thrown'
}

const withOptions = (options: Partial<ProbeNetworkOptions>) =>
  refusal(() => createProbeNetwork({ nodes: { a: {}, b: {} }, ...options }))
const withFault = (fault: Fault) => withOptions({ faults: [[5, fault]] })

describe('a simulation refuses', () => {
  it('two nodes of one name', () => {
    const node = { id: asNodeId('a'), signer: null, create: () => expect.unreachable() }
    expect(refusal(() => createSimulation({ seed: 's', genesisMs: 0, nodes: [node, node] }))).toEqual({
      code: 'E_NODE',
      node: 'a',
    })
  })

  it('more nodes than it can number', () => {
    const nodes = Array.from({ length: 65_537 }, (_, index) => ({
      id: asNodeId(`node-${index}`),
      signer: null,
      create: () => expect.unreachable(),
    }))
    expect(refusal(() => createSimulation({ seed: 's', genesisMs: 0, nodes }))).toMatchObject({
      code: 'E_RANGE',
      option: 'nodes',
      got: 65_537,
    })
  })

  it('a fault on a node that is not there, before anything runs', () => {
    const crash = { kind: 'crash', node: asNodeId('c'), disk: 'kept', restartAfterMs: null } as const
    expect(withFault(crash)).toEqual({ code: 'E_NODE', fault: 'crash at 5', node: 'c' })
    const cut = { from: [asNodeId('a')], to: [asNodeId('z')], symmetric: true, durationMs: 1 }
    expect(withFault({ kind: 'partition', ...cut })).toEqual({
      code: 'E_NODE',
      fault: 'partition at 5',
      node: 'z',
    })
  })

  it('an injected message that nobody knows how to say', () => {
    const control = { kind: 'control', to: asNodeId('a'), message: { kind: 'status' } } as unknown as Fault
    expect(withFault(control)).toMatchObject({ code: 'E_NODE', kind: 'control' })
  })

  it.each([
    [{ links: { loss: 1.5 } }, 'links.loss', 1.5],
    [{ links: { duplicate: Number.NaN } }, 'links.duplicate', Number.NaN],
    [{ links: { minLatencyMs: 0.5 } }, 'links.minLatencyMs', 0.5],
    [{ links: { minLatencyMs: 61 } }, 'links.meanLatencyMs', 60],
    [{ gossip: { degree: 0 } }, 'gossip.degree', 0],
    [{ gossip: { offers: 101 } }, 'gossip.offers', 101],
    [{ delays: { storeMs: -1 } }, 'delays.storeMs', -1],
    [{ snapshots: { everyMs: 0 } }, 'snapshots.everyMs', 0],
  ] as const)('%j', (options, option, got) => {
    expect(withOptions(options)).toMatchObject({ code: 'E_RANGE', option, got })
  })

  it('a link fault with impossible numbers', () => {
    const ends = { from: [asNodeId('a')], to: [asNodeId('b')], duplicate: 0, jitterMs: 0, durationMs: 1 }
    expect(withFault({ kind: 'link', ...ends, loss: 2, delayMs: 0 })).toMatchObject({
      option: 'link at 5: loss',
    })
    expect(withFault({ kind: 'link', ...ends, loss: 0, delayMs: -1 })).toMatchObject({
      option: 'link at 5: delayMs',
    })
  })
})
