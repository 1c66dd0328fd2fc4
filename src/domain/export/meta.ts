import { recommendId } from '../survey.ts'
import type { Translate } from '../survey-words.ts'
import type { Definitions } from './definitions.ts'
import { scaleOf } from './facet.ts'
import type { Cell, ExportedResponse, Field } from './parts.ts'

export interface MetaOptions {
  responses: readonly ExportedResponse[]
  definitions: Definitions
  timeZone: string
  t: Translate
}

/** What is known of a walk beside its answers. */
export function metaFields(options: MetaOptions): Field[] {
  const { responses, definitions, timeZone, t } = options
  const field = (key: string, type: Field['type'], read: Field['read'], values?: string): Field => ({
    key,
    header: t(`export.columns.${key}.name`),
    type,
    read,
    about: {
      question: t(`export.columns.${key}.about`),
      kind: t('export.kinds.meta'),
      ...(values !== undefined && { values }),
    },
  })
  const time = (at: number | undefined): Cell =>
    at === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  const invented = responses.some(({ demo }) => demo)
  return [
    field('clientId', 'number', ({ clientId }) => clientId),
    ...(invented ? [field('demo', 'number', ({ demo }) => Number(demo === true))] : []),
    field('run', 'number', ({ run }) => run),
    field('version', 'number', ({ version }) => version, versionMeanings(options)),
    field('status', 'text', ({ status }) => status, statusMeanings(t)),
    field('startedAt', 'time', ({ startedAt }) => time(startedAt)),
    field('lastAnswerAt', 'time', (response) => time(lastAnswerAt(response))),
    field('finishedAt', 'time', (one) => time(one.status === 'finished' ? one.changedAt : undefined)),
    field('minutes', 'number', minutes),
    field('npsScale', 'text', (response) => npsScale(response, definitions)),
  ]
}

/** When the person last answered. What was taken from their profile was no answer, nor is the line that a visit was for. */
function lastAnswerAt({ dialogue, answers, changedAt }: ExportedResponse): number | undefined {
  const times = Object.entries(answers)
    .filter(
      ([id, { value, known }]) => value !== undefined && !known && !(dialogue === 'visit' && id === 'line'),
    )
    .map(([, { at }]) => at ?? changedAt)
  return times.length === 0 ? undefined : Math.max(...times)
}

function minutes(response: ExportedResponse): number | undefined {
  const last = lastAnswerAt(response)
  return last === undefined ? undefined : Math.round((last - response.startedAt) / 60_000)
}

function npsScale(response: ExportedResponse, definitions: Definitions): string | undefined {
  const asked = definitions.asking(recommendId)
  const given = definitions.of(response, recommendId)
  const definition =
    given?.definition ?? asked.find(({ survey }) => survey.version === response.version)?.definition
  const scale = definition && scaleOf(given?.answer, definition)
  return scale && `${scale.from}..${scale.to}`
}

const statusMeanings = (t: Translate): string =>
  ['open', 'paused', 'finished', 'stopped'].map((one) => `${one} = ${t(`export.status.${one}`)}`).join('\n')

/** Which version was asked when, as far as the answers tell. */
function versionMeanings({ responses, definitions, timeZone, t }: MetaOptions): string {
  const day = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  return definitions.surveys
    .map(({ version }) => responses.filter((one) => one.version === version))
    .toReversed()
    .filter((walks) => walks.length > 0)
    .map((walks) => {
      const times = walks.map(({ startedAt }) => startedAt)
      const [from, until] = [day(times.reduce(min)), day(times.reduce(max))]
      return `${walks[0]?.version} = ${t('export.values.versionAsked', { from, until, walks: walks.length })}`
    })
    .join('\n')
}

const min = (a: number, b: number): number => Math.min(a, b)
const max = (a: number, b: number): number => Math.max(a, b)
