/** What a command ends with: the process's exit code. */
export type Finish = (code: number) => void
