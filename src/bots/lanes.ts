export interface Lanes {
  /** Calls waiting in all lanes together. */
  readonly size: number
  has(chatId: number): boolean
  /** Puts a call at the end of its chat's lane; a new lane has its turn at `readyAt`. `start` tells whether it still wanted to. */
  add(chatId: number, start: () => boolean, readyAt: number): void
  /** When the first lane has its turn, Infinity when all are empty. */
  readyAt(): number
  /** The chat whose turn is first. Throws when all are empty. */
  firstChat(): number
  /** Removes and returns the first call of the first lane; `settle` must follow. */
  shift(): () => boolean
  /** The first lane has its next turn at `readyAt`, behind the others of that moment; an empty one goes. */
  settle(readyAt: number): void
}

interface Lane {
  chatId: number
  readyAt: number
  /** Breaks ties of `readyAt`: who came first goes first. */
  turn: number
  head: Link | undefined
  tail: Link | undefined
}

interface Link {
  start: () => boolean
  next: Link | undefined
}

/** Waiting calls, one lane a chat, in a heap by the time of the lane's next turn: O(log chats) a call. */
export function createLanes(): Lanes {
  const byChat = new Map<number, Lane>()
  const heap: Lane[] = []
  let size = 0
  let turns = 0

  return {
    get size() {
      return size
    },
    has: (chatId) => byChat.has(chatId),
    add(chatId, start, readyAt) {
      size += 1
      const link: Link = { start, next: undefined }
      const lane = byChat.get(chatId)
      if (lane) {
        if (lane.tail) lane.tail.next = link
        else lane.head = link
        lane.tail = link
        return
      }
      const opened: Lane = { chatId, readyAt, turn: (turns += 1), head: link, tail: link }
      byChat.set(chatId, opened)
      heap.push(opened)
      rise(heap, heap.length - 1)
    },
    readyAt: () => heap[0]?.readyAt ?? Infinity,
    firstChat: () => first().chatId,
    shift() {
      const lane = first()
      const link = lane.head
      if (!link) throw new Error('This lane is empty: call settle() after each shift()')
      lane.head = link.next
      if (!lane.head) lane.tail = undefined
      size -= 1
      return link.start
    },
    settle(readyAt) {
      const lane = first()
      if (lane.head) {
        lane.readyAt = readyAt
        lane.turn = turns += 1
      } else {
        byChat.delete(lane.chatId)
        const end = heap.pop()
        if (end === undefined || end === lane) return
        heap[0] = end
      }
      sink(heap, 0)
    },
  }

  function first(): Lane {
    const lane = heap[0]
    if (!lane) throw new Error('Nobody is waiting: look at readyAt() first')
    return lane
  }
}

function before(a: Lane, b: Lane): boolean {
  return a.readyAt < b.readyAt || (a.readyAt === b.readyAt && a.turn < b.turn)
}

function rise(heap: Lane[], from: number): void {
  let index = from
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!swapUnlessOrdered(heap, parent, index)) return
    index = parent
  }
}

function sink(heap: Lane[], from: number): void {
  let index = from
  for (;;) {
    const left = 2 * index + 1
    const a = heap[left]
    const b = heap[left + 1]
    if (!a) return
    const child = b && before(b, a) ? left + 1 : left
    if (!swapUnlessOrdered(heap, index, child)) return
    index = child
  }
}

function swapUnlessOrdered(heap: Lane[], parent: number, child: number): boolean {
  const above = heap[parent]
  const below = heap[child]
  if (!above || !below || !before(below, above)) return false
  heap[parent] = below
  heap[child] = above
  return true
}
