// What a scenario says that is allowed and yet worth a word.

/** A setting that is allowed but that a careful reader should know of. */
export interface ScenarioWarning {
  readonly rule: string
  readonly path: string
  readonly message: string
}
