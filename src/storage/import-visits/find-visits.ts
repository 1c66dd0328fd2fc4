import type pg from 'pg'
import type { VisitRecord } from '../../domain/visit-file/visit-record.ts'
import type { BookVisit } from './visit-book.ts'

/** The visits with these external ids, those at these moments of these clients, and those recorded by hand about these days. */
const findThem = `
SELECT v."id"::text, v."clientId"::text, v."line", v."service", v."master", v."kopecks", v."externalId",
  v."timeKnown", extract(epoch FROM v."at") * 1000 AS "at",
  v."importId" IS NULL AS "byHand"
FROM (
  SELECT v."id" FROM unnest($1::text[]) key JOIN "Visit" v ON v."externalId" = key
  UNION SELECT v."id" FROM unnest($2::bigint[], $3::timestamptz[]) AS t("clientId", "at")
    JOIN "Visit" v ON v."clientId" = t."clientId" AND v."at" = t."at" AND v."importId" IS NOT NULL
  UNION SELECT v."id" FROM unnest($2::bigint[], $3::timestamptz[]) AS t("clientId", "at")
    JOIN "Visit" v ON v."clientId" = t."clientId" AND v."at" BETWEEN t."at" - interval '1 day' AND t."at" + interval '1 day'
      AND v."importId" IS NULL
) found JOIN "Visit" v USING ("id") ORDER BY v."id"`

interface Row extends Omit<BookVisit, 'at' | 'kopecks' | 'changed'> {
  at: string
  kopecks: string | null
}

/** All visits that a record could be about. @param owners the client's id, for each record */
export async function findVisits(
  client: pg.ClientBase,
  records: readonly VisitRecord[],
  owners: readonly string[],
): Promise<BookVisit[]> {
  const { rows } = await client.query<Row>(findThem, [
    records.map(({ externalId }) => externalId).filter((id) => id !== undefined),
    owners,
    records.map(({ at }) => new Date(at).toISOString()),
  ])
  return rows.map((row) => ({
    ...row,
    at: Number(row.at),
    kopecks: row.kopecks === null ? null : Number(row.kopecks),
    changed: false,
  }))
}
