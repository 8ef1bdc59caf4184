// Moments that are kept of something that goes on for long. The page and the server share this.

/** When there are more, every second one of the older half goes: what is long ago is told less finely. */
export const MOST_MOMENTS = 240

/** Puts a moment where its time places it, for another of the same time. @param moments in order of time, changed in place */
export function keepMoment<Moment extends { readonly atMs: number }>(
  moments: Moment[],
  moment: Moment,
): void {
  const after = moments.findLastIndex(({ atMs }) => atMs <= moment.atMs)
  if (moments[after]?.atMs === moment.atMs) moments[after] = moment
  else moments.splice(after + 1, 0, moment)
  if (moments.length <= MOST_MOMENTS) return
  const older = moments.splice(0, MOST_MOMENTS / 2)
  moments.unshift(...older.filter((_, place) => place % 2 === 0))
}
