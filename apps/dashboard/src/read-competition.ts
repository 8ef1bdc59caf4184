// The competition of a run from the paths of its summary: what the watcher saw of each solver, and apart from it what the scenario
// knows to be true.
import type { FrameCompetitor, FrameTruth } from './run-frame.ts'

const PATH = /^competition\.(solvers|accomplices)\[(.+)\]\.([a-z]+)$/i

export function competitionOf(metrics: readonly { readonly path: string; readonly text: string }[]): {
  readonly competition: readonly FrameCompetitor[]
  readonly truth: readonly FrameTruth[]
} {
  const found = {
    solvers: new Map<string, Map<string, string>>(),
    accomplices: new Map<string, Map<string, string>>(),
  }
  for (const { path, text } of metrics) {
    const [, part, id = '', field = ''] = PATH.exec(path) ?? []
    if (part !== 'solvers' && part !== 'accomplices') continue
    const fields = found[part].get(id) ?? new Map<string, string>()
    found[part].set(id, fields.set(field, text))
  }
  const truthOf = (
    node: string,
    role: string,
    fields: ReadonlyMap<string, string>,
    does: string,
  ): FrameTruth => ({
    node,
    role,
    conduct: fields.get('conduct') ?? '',
    ring: fields.get('ring') ?? null,
    does: fields.get(does) ?? '',
  })
  return {
    competition: [...found.solvers].map(([solver, fields]) => ({
      solver,
      awards: Number(fields.get('awards')),
      share: Number(fields.get('share')),
      fades: Number(fields.get('fades')),
    })),
    truth: [
      ...[...found.solvers].map(([id, fields]) => truthOf(id, 'solver', fields, 'strategy')),
      ...[...found.accomplices].map(([id, fields]) =>
        truthOf(id, fields.get('role') ?? '', fields, 'favour'),
      ),
    ],
  }
}
