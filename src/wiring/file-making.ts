/** What the staff's bot gives away as files: the poster with the survey's QR codes, and the answers as tables. */
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Telegram } from '../bots/telegram.ts'
import type { Vk } from '../bots/vk.ts'
import type { FileMaking } from '../bots/admin/survey-answers.ts'
import { named } from '../domain/salon.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { Survey } from '../domain/survey.ts'
import type { Translate } from '../locales.ts'
import type { Database } from '../storage/database.ts'

export interface FileMakingOptions {
  /** Where the poster's codes lead; asked when one is made. */
  bots: Addressed
  salon: Salon
  survey: Survey
  translate: (language: Language) => Translate
  database: Database
  /** Epoch milliseconds. */
  now: () => number
}

/** The bots that clients write to, as far as their addresses are wanted. */
interface Addressed {
  telegram?: Pick<Telegram, 'profile'>
  vk?: Pick<Vk, 'profile'>
}

/** Everything heavy is loaded when it is first asked for. */
export function fileMaking({
  bots,
  salon,
  survey,
  translate,
  database,
  now,
}: FileMakingOptions): Required<FileMaking> {
  const day = () =>
    Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(salon.timeZone).toPlainDate().toString()
  return {
    async poster(language) {
      const { surveyPoster } = await import('../reports/poster.ts')
      const reward = salon.rewards.survey?.title
      const content = await surveyPoster(
        {
          salonName: named(salon.name, language),
          ...(await linksOf(bots)),
          ...(reward ? { reward: named(reward, language) } : {}),
        },
        translate(language),
      )
      return { name: 'survey-poster.png', content }
    },
    async exportFile(format, language) {
      const { readTables } = await import('./export-tables.ts')
      const t = translate(language)
      const { prisma } = database
      const tables = await readTables({ prisma, salon, survey: survey.questions, t, language })
      if (format === 'xlsx') {
        const { spreadsheet } = await import('../reports/spreadsheet.ts')
        return [{ name: `otklik-survey-${day()}.xlsx`, content: await spreadsheet(tables, t) }]
      }
      const { writeCsv } = await import('../reports/csv.ts')
      const files = []
      for (const table of tables) {
        const output = new PassThrough()
        const [content] = await Promise.all([buffer(output), writeCsv(table, output)])
        files.push({ name: `otklik-${table.name}-${day()}.csv`, content })
      }
      return files
    },
  }
}

/** A messenger that is not set up, or out of reach, has no code on the poster. */
async function linksOf({ telegram, vk }: Addressed): Promise<{ telegramLink?: string; vkLink?: string }> {
  const [client, community] = await Promise.all([
    telegram?.profile().catch(() => undefined),
    vk?.profile().catch(() => undefined),
  ])
  return {
    ...(client ? { telegramLink: `https://t.me/${client.username}?start=survey` } : {}),
    ...(community ? { vkLink: `https://vk.me/${community.screenName}?ref=survey` } : {}),
  }
}
