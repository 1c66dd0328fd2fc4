/** Counts the different days of chosen clients; their days come in any order. */
export interface DayCount {
  add(client: number, day: number): void
  /** Tells each chosen client with a day how many different days came. */
  days(tell: (client: number, days: number) => void): void
}

/**
 * @param chosen by client: 1 where the days are to be counted
 */
export function createDayCount(chosen: Uint8Array): DayCount {
  let clients = new Uint32Array(1024)
  let dates = new Int32Array(1024)
  let size = 0
  return {
    add(client, day) {
      if (chosen[client] !== 1) return
      if (size === clients.length) {
        const [moreClients, moreDates] = [new Uint32Array(size * 2), new Int32Array(size * 2)]
        moreClients.set(clients)
        moreDates.set(dates)
        ;[clients, dates] = [moreClients, moreDates]
      }
      clients[size] = client
      dates[size++] = day
    },
    days(tell) {
      const { sorted, starts } = byClient(clients.subarray(0, size), dates, chosen.length)
      for (let client = 0; client < chosen.length; client++) {
        const own = sorted.subarray(starts[client], starts[client + 1])
        if (own.length > 0) tell(client, different(own))
      }
    },
  }
}

/** Counting sort: each client's days together. */
function byClient(clients: Uint32Array, dates: Int32Array, size: number) {
  const starts = new Uint32Array(size + 1)
  for (const client of clients) starts[client + 1] = (starts[client + 1] as number) + 1
  for (let client = 0; client < size; client++)
    starts[client + 1] = (starts[client + 1] as number) + (starts[client] as number)
  const next = starts.slice()
  const sorted = new Int32Array(clients.length)
  clients.forEach((client, at) => {
    const place = next[client] as number
    sorted[place] = dates[at] as number
    next[client] = place + 1
  })
  return { sorted, starts }
}

function different(days: Int32Array): number {
  days.sort()
  let count = 1
  for (let at = 1; at < days.length; at++) if (days[at] !== days[at - 1]) count++
  return count
}
