/** Where the owner's buttons lead: the digest of a week, and what stands behind its numbers. */
export type InsightRoute =
  | { screen: 'nps' }
  /** The digest that is due on this Monday (yyyy-mm-dd); absent: the latest whole week. */
  | { screen: 'digest'; week?: string }
  | { screen: 'npsLines'; week: string }
  | { screen: 'quotes'; mood: Mood; week: string }
  | { screen: 'questions'; page: number }
  | { screen: 'question'; id: string; page: number }
  | { screen: 'funnel' }
  /** By one question about the person; absent: which one. */
  | { screen: 'groups'; id?: string }

export const moods = ['bad', 'good'] as const
export type Mood = (typeof moods)[number]

export const isInsight = (route: { screen: string }): route is InsightRoute =>
  Object.hasOwn(readers, route.screen)

export function writeInsight(route: InsightRoute): string {
  switch (route.screen) {
    case 'nps':
    case 'funnel':
      return route.screen
    case 'digest':
      return route.week === undefined ? route.screen : `digest:${route.week}`
    case 'npsLines':
      return `npsLines:${route.week}`
    case 'quotes':
      return `quotes:${route.mood}:${route.week}`
    case 'questions':
      return `questions:${route.page}`
    case 'question':
      return `question:${route.id}:${route.page}`
    case 'groups':
      return route.id === undefined ? route.screen : `groups:${route.id}`
  }
}

/** Undefined: not one of these, or not of this version of the bot. */
export function readInsight(data: string): InsightRoute | undefined {
  const [screen = '', ...rest] = data.split(':')
  return Object.hasOwn(readers, screen) ? readers[screen as InsightRoute['screen']](rest) : undefined
}

type Reader = (rest: readonly string[]) => InsightRoute | undefined

const isPage = (text: string | undefined): text is string => /^\d{1,3}$/.test(text ?? '')

/** Only Mondays: nothing else is ever written. */
function isWeek(text: string | undefined): text is string {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text).dayOfWeek === 1
  } catch {
    return false
  }
}

const isId = (text: string | undefined): text is string => /^[a-zA-Z][a-zA-Z0-9]{0,15}$/.test(text ?? '')

const readers: Record<InsightRoute['screen'], Reader> = {
  nps: () => ({ screen: 'nps' }),
  digest: ([week]) => (isWeek(week) ? { screen: 'digest', week } : { screen: 'digest' }),
  npsLines: ([week]) => (isWeek(week) ? { screen: 'npsLines', week } : undefined),
  quotes([first, week]) {
    const mood = moods.find((one) => one === first)
    return mood && isWeek(week) ? { screen: 'quotes', mood, week } : undefined
  },
  questions: ([page]) => (isPage(page) ? { screen: 'questions', page: Number(page) } : undefined),
  question: ([id, page = '0']) =>
    isId(id) && isPage(page) ? { screen: 'question', id, page: Number(page) } : undefined,
  funnel: () => ({ screen: 'funnel' }),
  groups: ([id]) => (isId(id) ? { screen: 'groups', id } : { screen: 'groups' }),
}
