import pg from 'pg'
import type { Query } from './chat-rows.ts'
import { commitTurn, commitTurns, mostTurns } from './commit-turn.ts'
import type { Taken, TurnRows } from './commit-turn.ts'

export interface TurnBatches {
  /**
   * Commits a turn: at once when there is little to do, together with others when there is much.
   * @returns what `commitTurn` says; rejects when it is not committed
   */
  commit(turn: TurnRows): Promise<Taken>
}

interface Waiting {
  turn: TurnRows
  resolve: (taken: Taken) => void
  reject: (error: unknown) => void
}

/** While one statement is being flushed to the disk the next can be worked on; more at once would only be smaller. */
const mostAtOnce = 2

/**
 * Turns that come while others are being committed are committed together: one round trip, one flush to the disk. Nobody
 * waits for company: an update that comes alone goes alone.
 */
export function createTurnBatches(query: Query): TurnBatches {
  let waiting: Waiting[] = []
  /** Whose turns are being committed. */
  const inHand = new Set<string>()
  let running = 0
  let planned = false

  return {
    commit: (turn) =>
      new Promise((resolve, reject) => {
        waiting.push({ turn, resolve, reject })
        plan()
      }),
  }

  /** What has arrived in the same moment goes together. */
  function plan(): void {
    if (planned || running >= mostAtOnce) return
    planned = true
    setImmediate(() => {
      planned = false
      for (let batch = nextBatch(); batch.length > 0; batch = nextBatch()) void run(batch)
    })
  }

  /** The first ones, each of another person: of two turns of one person the second must see what the first has left. */
  function nextBatch(): Waiting[] {
    if (running >= mostAtOnce) return []
    const batch: Waiting[] = []
    waiting = waiting.filter((one) => {
      const { clientId } = one.turn.row
      if (batch.length >= mostTurns || inHand.has(clientId)) return true
      inHand.add(clientId)
      batch.push(one)
      return false
    })
    return batch
  }

  async function run(batch: Waiting[]): Promise<void> {
    running += 1
    await commitAll(batch)
    running -= 1
    for (const { turn } of batch) inHand.delete(turn.row.clientId)
    if (waiting.length > 0) plan()
  }

  async function commitAll(batch: Waiting[]): Promise<void> {
    const [first, second] = batch
    if (first && !second) return commitTurn(query, first.turn).then(first.resolve, first.reject)
    try {
      const taken = await commitTurns(
        query,
        batch.map(({ turn }) => turn),
      )
      for (const [index, { resolve }] of batch.entries()) resolve(taken[index] ?? 'outdated')
    } catch (error) {
      // Refused because of one of them, as it may be: alone, each has its own fate. Nothing was committed.
      if (error instanceof pg.DatabaseError) await Promise.all(batch.map((one) => commitAll([one])))
      else for (const { reject } of batch) reject(error)
    }
  }
}
