/**
 * `kill -9` of the worker at random moments of a campaign, with "too many requests", errors and cut connections. So many runs:
 * CAMPAIGN_RUNS=200 npx vitest run tests/product/campaign-kill.test.ts
 */
import { expect, test } from 'vitest'
import { openCampaigns } from './campaign.ts'
import type { Arrived } from './campaign.ts'

const runs = Number(process.env['CAMPAIGN_RUNS'] ?? 2)
const seed = Number(process.env['CAMPAIGN_SEED'] ?? Date.now() % 100_000)

/** Mulberry32 (Tommy Ettinger, public domain): the same run again from its seed. */
function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What was on its way when a consent was taken back may still arrive. */
const onTheWayMs = 500

test(
  `nobody gets an offer twice or without a consent, and every delivery ends, in ${runs} runs`,
  async () => {
    const random = randomFrom(seed)
    const { campaign } = await openCampaigns(random)
    for (let run = 0; run < runs; run += 1) {
      const { rows, arrived, withdrawnAt, clients } = await campaign({ people: 30, kills: 2 })
      const got = arrived.map(({ clientId }) => clientId)
      const stateOf = new Map(rows.map(({ clientId, state }) => [clientId, state]))
      const states = [...new Set(stateOf.values())]
      const late = ({ clientId, at }: Arrived) => at > (withdrawnAt.get(clientId) ?? Infinity) + onTheWayMs
      expect({
        run: `run ${run} of seed ${seed}`,
        deliveries: new Set(rows.map(({ clientId }) => clientId)).size,
        twice: got.filter((id, index) => got.indexOf(id) !== index),
        withoutConsent: arrived.filter(late),
        otherEnds: states.filter((state) => !['sent', 'refused', 'unknown'].includes(state)),
        // What is there was sent or may have been, and what is said to be sent is there.
        unaccounted: got.filter((id) => !['sent', 'unknown'].includes(stateOf.get(id) ?? '')),
        missing: rows.filter((row) => row.state === 'sent' && !got.includes(row.clientId ?? 0n)),
      }).toEqual({
        run: `run ${run} of seed ${seed}`,
        deliveries: clients.length,
        twice: [],
        withoutConsent: [],
        otherEnds: [],
        unaccounted: [],
        missing: [],
      })
    }
  },
  60_000 * runs,
)
