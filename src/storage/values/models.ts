import type pg from 'pg'
import { refit, type DatedModels } from '../../domain/value/refit.ts'
import type { Group } from './groups.ts'

/** By line; "" is overall. */
export type LineModels = Map<string, DatedModels>

/** The models that were fitted last. */
export async function readModels(client: pg.ClientBase): Promise<LineModels> {
  const { rows } = await client.query<DatedModels & { line: string }>(
    'SELECT line, day, models FROM "ValueModel"',
  )
  return new Map(rows.map(({ line, day, models }) => [line, { day, models }]))
}

/** Fits what it is time to fit. @returns the models of each group */
export function refitAll(groups: readonly Group[], before: LineModels, asOf: number): LineModels {
  return new Map(
    groups
      .filter(({ ids }) => ids.length > 0)
      .map(({ line, totals }) => [line, refit(totals, before.get(line), asOf)]),
  )
}

/** @returns the lines that were fitted anew */
export async function writeModels(
  client: pg.ClientBase,
  models: LineModels,
  before: LineModels,
): Promise<string[]> {
  const fitted: string[] = []
  for (const [line, { day, models: found }] of models) {
    if (before.get(line)?.models === found) continue
    fitted.push(line)
    await client.query(
      `INSERT INTO "ValueModel" (line, day, models, clients, "repeatClients") VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (line) DO UPDATE SET day = excluded.day, models = excluded.models, clients = excluded.clients,
         "repeatClients" = excluded."repeatClients"`,
      [line, day, JSON.stringify(found), found.clients, found.repeatClients],
    )
  }
  await client.query('DELETE FROM "ValueModel" WHERE NOT line = ANY($1::text[])', [[...models.keys()]])
  return fitted
}
