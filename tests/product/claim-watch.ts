/** Who was claimed for a message, as the database saw it in the very transaction that decided. */
import pg from 'pg'
import { onTestFinished } from 'vitest'

/** A process took a delivery in hand. */
export interface SeenClaim {
  deliveryId: bigint
  clientId: bigint
  runId: number
  /** Whether the client's consent stood, in the transaction that decided. */
  consent: boolean
  /** Epoch milliseconds. */
  at: number
}

/**
 * A trigger writes down every claim, and tells of it once it is committed. What was decided is then known exactly: whoever takes
 * a consent back waits for the same row.
 */
export async function watchClaims({ pool, url }: { pool: pg.Pool; url: string }): Promise<{
  /** All so far. */
  seen(): Promise<SeenClaim[]>
  /** Hears of each claim, a moment after it was committed. Returns the way to stop listening. */
  subscribe(listener: (claim: Pick<SeenClaim, 'clientId' | 'runId'>) => void): () => void
}> {
  await pool.query(trigger)
  const ear = new pg.Client({ connectionString: url })
  await ear.connect()
  await ear.query('LISTEN "claimed"')
  onTestFinished(() => ear.end())
  const listeners = new Set<(claim: Pick<SeenClaim, 'clientId' | 'runId'>) => void>()
  ear.on('notification', ({ payload = '' }) => {
    const [clientId = '0', runId] = payload.split(':')
    for (const listener of listeners) listener({ clientId: BigInt(clientId), runId: Number(runId) })
  })
  return {
    async seen() {
      const { rows } = await pool.query<Record<'deliveryId' | 'clientId', string> & Omit<SeenClaim, 'at'>>(
        'SELECT "deliveryId", "clientId", "runId", "consent", extract(epoch FROM "at")::float8 * 1000 AS "at" FROM "SeenClaim"',
      )
      return rows.map((row) => ({
        ...(row as unknown as SeenClaim),
        deliveryId: BigInt(row.deliveryId),
        clientId: BigInt(row.clientId),
      }))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const trigger = `
CREATE TABLE "SeenClaim" ("deliveryId" bigint, "clientId" bigint, "runId" int, "consent" boolean,
  "at" timestamptz DEFAULT clock_timestamp());
CREATE FUNCTION see_claim() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO "SeenClaim" SELECT NEW."id", NEW."clientId", NEW."runId", c."advertisingConsentAt" IS NOT NULL
  FROM "Client" c WHERE c."id" = NEW."clientId";
  PERFORM pg_notify('claimed', NEW."clientId" || ':' || NEW."runId");
  RETURN NULL;
END $$;
CREATE TRIGGER see_claim AFTER UPDATE ON "Delivery" FOR EACH ROW
WHEN (NEW."state" = 'sending' AND OLD."state" <> 'sending') EXECUTE FUNCTION see_claim()`
