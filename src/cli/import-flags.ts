export const dateOrders = ['day-first', 'month-first'] as const

export interface ImportFlags {
  /** What columns are: `date="Booking date"`. */
  column?: string[]
  /** Of dates like 03/04/2024. */
  dates?: (typeof dateOrders)[number]
  /** Does not ask. */
  yes?: boolean
  /** Writes nothing. */
  dryRun?: boolean
}
