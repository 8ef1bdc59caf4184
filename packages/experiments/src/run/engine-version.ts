// The version that manifests record and `solvent --version` prints.
import manifest from '../../package.json' with { type: 'json' }

export const ENGINE_VERSION: string = manifest.version
