import type pg from 'pg'
import type { RfmCuts } from '../../domain/value/rfm.ts'
import type { ValueSettings } from '../../domain/value/value-settings.ts'

/** How things stood at the end of the last recompute. */
export interface ValueMark {
  /** The day that it was for, in days since 1970-01-01. */
  day: number
  /** The zone in which days were counted. */
  timeZone: string
  /** The scheme with the salon's own segments of codes. */
  scheme: string
  /** Whether invented clients were left out. */
  realOnly: boolean
  /** By line, "" is overall: the cuts by which clients were coded. */
  cuts: Record<string, RfmCuts>
}

const name = 'valueMark'

/** Undefined: nothing was ever computed here. */
export async function readMark(client: pg.ClientBase): Promise<ValueMark | undefined> {
  const { rows } = await client.query<{ value: string }>('SELECT value FROM "Setting" WHERE name = $1', [
    name,
  ])
  return rows[0] && (JSON.parse(rows[0].value) as ValueMark)
}

/** @param scheme its name, for whoever reads codes and segments */
export async function writeMark(
  client: pg.ClientBase,
  mark: ValueMark,
  scheme: ValueSettings['scheme'],
): Promise<void> {
  await client.query(
    `INSERT INTO "Setting" (name, value) VALUES ($1, $2), ('segmentScheme', $3)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [name, JSON.stringify(mark), scheme],
  )
}

/** Tells two schemes apart that give other segments. */
export const schemeMark = ({ scheme, segments = {} }: ValueSettings): string =>
  JSON.stringify([scheme, ...(scheme === 'halves' ? Object.entries(segments).map(String).sort() : [])])
