import type { Walk } from './known.ts'
import type { Language, Salon } from './salon.ts'
import type { Survey } from './survey.ts'
import { couponOf, followUpsOf } from './demo/aftermath.ts'
import { booksOf } from './demo/books.ts'
import { createChance } from './demo/chance.ts'
import type { Chance } from './demo/chance.ts'
import type { DemoClient, DemoFormer, DemoPrompt, DemoVisit } from './demo/demo-client.ts'
import { formerClients } from './demo/former.ts'
import { invite, remind } from './demo/invitations.ts'
import { drawPerson, regularShare } from './demo/people.ts'
import type { Arrival, Person } from './demo/people.ts'
import { profileOf } from './demo/profile.ts'
import type { Profile } from './demo/profile.ts'
import { salonDays } from './demo/salon-days.ts'
import { shortForms } from './demo/short-forms.ts'
import { surveyWalk } from './demo/survey-walk.ts'
import { withWords } from './demo/talk.ts'
import type { Draft } from './demo/talk.ts'
import { tempersOf } from './demo/tempers.ts'
import { visitsOf } from './demo/visits.ts'
import type { World } from './demo/world.ts'

export interface DemoOptions {
  /** Whole number: the same seed, the same salon. */
  seed: number
  /** Epoch milliseconds: the instant that the 14 weeks lead up to. */
  now: number
  /** Later than `now`: the simulation goes on until then, and all that happened before stays as it was. */
  until?: number
  salon: Salon
  /** What the clients are asked. */
  survey: Survey
  /** In which language they are called and write: the salon's first one if it is not told. */
  language?: Language
}

export interface DemoSalon {
  seed: number
  now: number
  until: number
  /** In the order of their numbers; those who came before `until`. */
  clients: DemoClient[]
  /** Who had left before the bot came. */
  former: DemoFormer[]
}

/** The seed of every demo, unless another one is given: the year of the study that the instrument comes from. */
export const demoSeed = 2016
/** How many got to know the bot up to `now`. */
const clientCount = 300

/**
 * A salon that never was: 300 clients, their visits and their answers up to `now`, drawn from the process below. The same
 * options give the same salon on every machine; real people's names, numbers and words are not in it.
 *
 * Time. 14 full weeks (Monday to Sunday on the salon's clock) and what has passed of the current one. The salon is open from
 * 10 to 20, on Sundays to 18.
 *
 * Clients (demo/people.ts). 55 % came before the bot did (for 30 days and an exponential time of 1.6 years on average) and open
 * it at the desk, on a day with density rising towards the first weeks (u^1.2); 45 % are newcomers, who open it on an even
 * spread of days and come 1 to 6 days later. 92 % are women; ages are normal (36, 11), at least 16.
 *
 * Visits (demo/visits.ts, demo/tempers.ts), as in the BG/NBD model of Fader, Hardie and Lee (2005). Each client has a main line
 * (nails 40, hair 35, cosmetology 25) and each other one with probability 0.22. In a line they come as a Poisson process whose
 * rate is theirs for good, from a Gamma distribution of shape 2.5 with mean 1/30, 1/45 and 1/38 a day; after each visit they
 * stay away for good with a probability of their own, from Beta(1, 5), Beta(0.8, 6) and Beta(0.6, 7). Gaps are whole days.
 *
 * Opinions (demo/liking.ts). On the scale from 1 to 10, but without ends: the line's mean (7.1, 8.2, 9.0) + warmth of the client
 * N(0, 1) + the client's liking of the line N(0, 1.5) + the visit N(0, 1), half of that in the survey. While a hair master is ill,
 * weeks 6 to 8, opinions of hair are lower by 3, in week 9 by 1. Rounded and held to the question's scale; of the short form's 9s
 * 35 % become 10, of its 6s 30 % become 5.
 *
 * Short forms (demo/short-forms.ts). Asked `afterVisitHours` after a visit and outside of the quiet hours, not within `everyDays`
 * of another one or of the survey. Answered with probability 0.54 + 0.04 |opinion - 7|: who is very content or not at all speaks
 * more. "Why?" in their own words for half of the content women, a third of the neither-nor and 70 % of the unhappy.
 *
 * Surveys (demo/invitations.ts, demo/survey-walk.ts). 90 % of the regulars are invited after getting to know the bot, 80 % of the
 * newcomers by an admin 4 to 14 days after the first visit: 52 % begin, 14 % in the evening (three of four do), 14 % decline, 20 %
 * say nothing. The k-th question is where a client leaves with probability 0.006 + 0.0017 (k - 1), a grid half as much again; a
 * quarter of those is done for good, of the others 30 % come back after the first reminder, 20 % of the rest after the second.
 *
 * Afterwards (demo/aftermath.ts). A detractor's score makes a follow-up: 42 % of those who are asked wish to be called; 8 % are
 * forgotten, the others spoken to after 1.5 hours on average, 10 % of them after 30, never at night. A finished survey brings a
 * coupon; 70 % of those who come again while it holds redeem it.
 *
 * Books (demo/books.ts). The regulars' visits since they found the salon are in them, by the day only, at the rate that is theirs
 * in each line; nobody had left. In a line a client always has the same service, with probability 0.65 at each visit (else any of
 * the line's), from the same master (their wished one where he works in the line) with probability 0.8 (else any). Each visit
 * costs the service's price, one in eight a tenth less; of the visits that the bot knows of 1.5 % are paid back one to three days
 * later, 60 % of those wholly, the others by half. 240 more clients (demo/former.ts) are in the books alone: they found the salon on
 * an even spread of days in the three years before the bot, came by the same process, and had left before it came.
 */
export function demoSalon(options: DemoOptions): DemoSalon {
  const { seed, now, salon, survey, until = now, language = salon.languages[0] ?? 'ru' } = options
  const days = salonDays(now, until, salon.timeZone)
  const world: World = { salon, survey, days, tempers: tempersOf(salon.lines), until }
  const chance = createChance(seed)
  const lives = arrivals(now, world, chance.fork(streams.arrivals)).flatMap((arrival, index) => {
    const own = chance.fork(streams.clients + index)
    const person = drawPerson(index + 1, arrival, world, language, own)
    return person.joinedAt > until ? [] : [live(person, world, own)]
  })
  const walks = withWords(
    lives.map((life) => life.drafts),
    language,
    chance.fork(streams.words),
  )
  return {
    seed,
    now,
    until,
    clients: lives.map((life, index) => clientOf(life, walks[index] ?? [], world)),
    former: formerClients(now, world, language, chance.fork(streams.former)),
  }
}

/** Who draws from which stream. Clients take one each, from 2 on: there may be more of them another day, but never a million. */
const streams = { arrivals: 0, words: 1, clients: 2, former: 1_000_000 }

/** The 300, and the newcomers that follow them after `now`, at the pace at which they came before. */
function arrivals(now: number, { days, until }: World, chance: Chance): Arrival[] {
  const all: Arrival[] = Array.from({ length: clientCount }, () => ({ before: now }))
  const meanGap = (now - days.from) / (clientCount * (1 - regularShare))
  for (let at = now + chance.exponential(meanGap); at <= until; at += chance.exponential(meanGap))
    all.push({ at })
  return all
}

/** What becomes of one client: everything but the words, which are handed out among all. */
interface Life {
  person: Person
  profile: Profile
  visits: DemoVisit[]
  drafts: Draft[]
  prompts: DemoPrompt[]
  chance: Chance
}

function live(person: Person, world: World, chance: Chance): Life {
  const profile = profileOf(person, world, chance.fork(0))
  const visits = visitsOf(person, world, chance.fork(1))
  const invitation = invite(person, visits, world, chance.fork(2))
  const { beginsAt } = invitation
  const told = { sex: profile.sex !== undefined, age: profile.birthday?.year !== undefined }
  const survey =
    beginsAt === undefined ? undefined : surveyWalk(person, told, beginsAt, world, chance.fork(3))
  const reminded = remind(survey?.reminders ?? [], invitation.walks.length)
  const short = shortForms(person, visits, survey?.walk, world, chance.fork(4))
  return {
    person,
    profile,
    visits,
    drafts: [...invitation.walks, ...reminded.walks, ...(survey ? [survey.walk] : []), ...short.walks],
    prompts: [...invitation.prompts, ...reminded.prompts, ...short.prompts],
    chance,
  }
}

function clientOf(
  { person, profile, visits, prompts, chance }: Life,
  walks: Walk[],
  world: World,
): DemoClient {
  const coupon = couponOf(walks, visits, world, chance.fork(5))
  const books = booksOf(person, profile, visits, world, chance.fork(7))
  return {
    number: person.number,
    name: person.name,
    phone: person.phone,
    createdAt: person.joinedAt,
    ...profile,
    ...books,
    walks,
    prompts,
    followUps: followUpsOf(walks, world, chance.fork(6)),
    ...(coupon && { coupon }),
  }
}
