import type { ByteNames } from './byte-names.ts'

/** Visits as columns: good until the next ones come. */
export interface VisitBatch {
  client: Int32Array
  /** -1: not known. */
  line: Int32Array
  /** Days since 1970-01-01. */
  day: Int32Array
  kopecks: Float64Array
  size: number
}

export interface VisitBatcher {
  /** A visit of the client whose id is in the bytes. */
  addNamed(bytes: Uint8Array, start: number, end: number): void
  /** A visit of a client who has a number. */
  addNumbered(client: number): void
  /** The rest of the visit that was added last. */
  complete(line: number, day: number, kopecks: number): void
  /** To be called before the bytes of the last visits are gone. */
  tell(): void
}

const most = 2048

/**
 * Visits come one by one between much reading of bytes, and each touches the memory in a place of its own: told many at once, the
 * processor need not wait for each.
 */
export function createVisitBatcher(clients: ByteNames, onVisits: (visits: VisitBatch) => void): VisitBatcher {
  const [starts, ends] = [new Int32Array(most), new Int32Array(most)]
  const visits: VisitBatch = {
    client: new Int32Array(most),
    line: new Int32Array(most),
    day: new Int32Array(most),
    kopecks: new Float64Array(most),
    size: 0,
  }
  let bytes = new Uint8Array(0)
  function tell(): void {
    if (visits.size === 0) return
    clients.numberAll({ bytes, starts, ends, numbers: visits.client, size: visits.size })
    onVisits(visits)
    visits.size = 0
  }
  return {
    addNamed(from, start, end) {
      bytes = from as Uint8Array<ArrayBuffer>
      starts[visits.size] = start
      ends[visits.size] = end
    },
    addNumbered(client) {
      starts[visits.size] = -1
      visits.client[visits.size] = client
    },
    complete(line, day, kopecks) {
      const at = visits.size++
      visits.line[at] = line
      visits.day[at] = day
      visits.kopecks[at] = kopecks
      if (visits.size === most) tell()
    },
    tell,
  }
}
