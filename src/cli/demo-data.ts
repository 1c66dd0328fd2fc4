import { randomInt } from 'node:crypto'
import type { Logger } from 'pino'

import { AdviceError } from '../domain/advice-error.ts'
import { couponCode } from '../domain/coupon.ts'
import { demoSalon, demoSeed, type DemoSalon } from '../domain/demo-salon.ts'
import type { Settings } from '../settings.ts'
import { createDemoData, type DemoData } from '../storage/demo-data.ts'
import { recordSurvey } from '../storage/survey-versions.ts'
import { exitCodes, type Console } from './console.ts'
import { withDatabase } from './with-database.ts'

export interface DemoFlags {
  /** Takes the demo away instead of making it. */
  remove?: boolean
  /** Makes it beside real clients, too. */
  force?: boolean
}

type Words = Pick<Console, 'say' | 't'>

/**
 * Makes the demo salon in the database, or takes it away, and says what was done.
 * @returns the exit code
 * @throws AdviceError when there is a demo already, when there are real clients, or when the database is not to be had
 */
export function runDemoData(
  settings: Settings,
  { remove = false, force = false }: DemoFlags,
  log: Logger,
  words: Words,
): Promise<number> {
  return withDatabase(settings, log, async ({ prisma }) => {
    const data = createDemoData({ prisma, drawCode: () => couponCode(randomInt) })
    if (remove) return takeAway(data, words)
    if (!force && isShared(settings) && (await data.hasRealClients()))
      throw new AdviceError('demo.realClients')
    const survey = await recordSurvey(prisma, settings.survey)
    const demo = demoSalon({ seed: demoSeed, now: Date.now(), salon: settings.salon, survey })
    await data.insert(demo, 'person')
    sayWhatThereIs(demo, words)
    return exitCodes.ok
  })
}

/** Not the folder of a sandbox, where everybody is invented: a live salon, or a server that one may be on. */
const isShared = ({ mode, databaseUrl }: Settings): boolean => mode === 'live' || databaseUrl !== undefined

async function takeAway(data: DemoData, { say, t }: Words): Promise<number> {
  const count = await data.remove()
  say(count === 0 ? t('demo.nothing') : `✓ ${t('demo.removed', { count })}`)
  return exitCodes.ok
}

function sayWhatThereIs({ seed, clients, former }: DemoSalon, { say, t }: Words): void {
  const walks = clients.flatMap((client) => client.walks)
  const rows = [
    ...clients.flatMap(({ visits, books }) => [...visits, ...books]),
    ...former.flatMap(({ books }) => books),
  ]
  const visits = rows.filter(({ kopecks = 0 }) => kopecks >= 0).length
  const surveys = walks.filter((walk) => walk.name === 'survey' && walk.status === 'finished').length
  const answers = walks.filter((walk) => walk.name === 'visit' && walk.answers['recommend']).length
  say(`✓ ${t('demo.made', { seed })}`)
  say(`  ${t('demo.clients', { count: clients.length + former.length })}`)
  say(`  ${t('demo.visits', { count: visits })}`)
  say(`  ${t('demo.surveys', { count: surveys })}`)
  say(`  ${t('demo.answers', { count: answers })}`)
  say(t('demo.marked'))
}
