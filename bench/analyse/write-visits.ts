/** A made-up salon's books, as large as one likes: clients come by the Pareto/NBD's rules, rows are in the order of the days. */
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { chance, visitDays } from '../value/simulate.ts'

const lines = ['nails', 'hair', 'cosmetology']
/** Two visits in three are of the client's own line. */
const loyal = 2 / 3
/** About nine visits a client in three years. */
const regulars = { r: 1.3, alpha: 62, s: 0.6, beta: 400 }
const days = 1095
const firstDay = Date.UTC(2023, 6, 1) / 86_400_000

interface WrittenVisits {
  rows: number
  clients: number
  bytes: number
}

/** Writes "client,date,line,amount" rows until there are as many as wanted. */
export async function writeVisits(
  file: string,
  wanted: { rows: number; clients: number },
): Promise<WrittenVisits> {
  const visits = simulate(wanted)
  const order = byDay(visits.day)
  const output = createWriteStream(file, { highWaterMark: 8 << 20 })
  let text = 'client,date,line,amount\n'
  let bytes = 0
  const dates = Array.from({ length: days }, (_, day) =>
    new Date((firstDay + day) * 86_400_000).toISOString().slice(0, 10),
  )
  for (const at of order) {
    const client = String(visits.client[at]).padStart(7, '0')
    text += `C${client},${dates[visits.day[at] as number]},${lines[visits.line[at] as number]},${visits.roubles[at]}\n`
    if (text.length < 1 << 20) continue
    bytes += text.length
    if (!output.write(text)) await once(output, 'drain')
    text = ''
  }
  output.end(text)
  await finished(output)
  return { rows: order.length, clients: wanted.clients, bytes: bytes + text.length }
}

/** Clients in turn get their visits; who is left when all rows are made has none, and the last ones get all the rest. */
function simulate({ rows, clients }: { rows: number; clients: number }) {
  const random = chance(4)
  const client = new Uint32Array(rows)
  const [day, line, roubles] = [new Uint16Array(rows), new Uint8Array(rows), new Uint32Array(rows)]
  let size = 0
  for (let number = 0; size < rows; number = (number + 1) % clients) {
    const T = Math.floor(random() * days)
    const own = Math.floor(random() * lines.length)
    const usual = 1000 + random() * 3000
    for (const at of visitDays(random, regulars, T)) {
      if (size === rows) break
      client[size] = number
      day[size] = days - 1 - T + at
      line[size] = random() < loyal ? own : Math.floor(random() * lines.length)
      roubles[size++] = 50 * Math.round((usual * (0.5 + random())) / 50)
    }
  }
  return { client, day, line, roubles }
}

/** Counting sort: the rows of each day together. */
function byDay(day: Uint16Array): Uint32Array {
  const next = new Uint32Array(days + 1)
  for (const at of day) next[at + 1] = (next[at + 1] as number) + 1
  for (let at = 0; at < days; at++) next[at + 1] = (next[at + 1] as number) + (next[at] as number)
  const order = new Uint32Array(day.length)
  day.forEach((at, row) => {
    const place = next[at] as number
    order[place] = row
    next[at] = place + 1
  })
  return order
}
