/** What the staff's bot gives away as files: the poster with the survey's QR codes, the answers and the segments as tables. */
import type { Telegram } from '../bots/telegram.ts'
import type { Vk } from '../bots/vk.ts'
import type { SegmentFiles } from '../bots/admin/segments/answers.ts'
import type { OutgoingFile } from '../bots/outgoing-file.ts'
import type { FileMaking } from '../bots/admin/survey-answers.ts'
import { AdviceError } from '../domain/advice-error.ts'
import { named } from '../domain/salon.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { Survey } from '../domain/survey.ts'
import type { Translate } from '../locales.ts'
import type { ExportTask, Exported } from './export-thread.ts'

export interface FileMakingOptions {
  /** Where the poster's codes lead; asked when one is made. */
  bots: Addressed
  salon: Salon
  survey: Survey
  translate: (language: Language) => Translate
  connectionString: string
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
  connectionString,
  now,
}: FileMakingOptions): Required<FileMaking & SegmentFiles> {
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
    exportFile: (format, language) => exported('survey', format, language),
    exportSegments: (format, language) => exported('segments', format, language),
  }

  async function exported(
    what: ExportTask['what'],
    format: ExportTask['format'],
    language: Language,
  ): Promise<OutgoingFile[]> {
    const { inThread } = await import('../reports/drawing/aside.ts')
    const asked = { salon, survey: survey.questions }
    const task: ExportTask = { connectionString, ...asked, what, format, language, day: day() }
    const done = await inThread<Exported>(new URL('export-thread.ts', import.meta.url), task)
    if ('advice' in done) throw new AdviceError(done.advice.key, done.advice.params)
    return done.files
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
