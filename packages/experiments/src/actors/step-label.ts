// What a step is called: its label, or its place.

export function stepLabel(step: { readonly label?: string | undefined }, index: number): string {
  return step.label ?? `step-${index + 1}`
}
