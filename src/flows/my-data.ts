/** Everything that is kept about a person, in words and as a file. */
import { showMoney } from '../domain/money.ts'
import { showPhone } from '../domain/phone.ts'
import { named, type Named } from '../domain/salon.ts'
import type { Message } from './conversation.ts'
import { couponMessage } from './coupon-message.ts'
import { showDate, showDay } from './dates.ts'
import { linesOf } from './spot.ts'
import { showBirthday } from './kinds/written.ts'
import type { OwnVisit, PersonalData } from '../domain/known.ts'
import { onboarding } from './onboarding.ts'
import type { Question, Scene } from './question.ts'
import { rich } from './rich.ts'
import type { Part } from './rich.ts'
import { shortened } from './typed.ts'

/** A readable message with a button to correct it, and the JSON file. */
export function dataMessages(data: PersonalData, scene: Scene): Message[] {
  const { t } = scene
  const parts: Part[] = [
    { bold: t('data.title') },
    ...profileParts(data, scene),
    ...visitParts(data, scene),
    ...surveyParts(data, scene),
    ...data.coupons.map((coupon) => `\n\n${couponMessage(coupon, scene).text.text}`),
    ...consentParts(scene),
    `\n\n${t('data.footprint', { count: data.eventCount })}`,
  ]
  const edit = { label: t('data.edit'), value: 'menu.go=edit' }
  return [
    { text: rich(...parts), groups: [{ kind: 'controls', buttons: [edit] }] },
    {
      text: rich(t('data.file')),
      groups: [],
      file: { name: 'my-data.json', content: `${JSON.stringify(data.file, null, 2)}\n` },
    },
  ]
}

function profileParts(data: PersonalData, scene: Scene): Part[] {
  const walk = data.walks.find((one) => one.name === 'onboarding')
  const lines = walk
    ? linesOf(onboarding, scene, walk.answers).map((line) => `\n${line.name}: ${line.answer}`)
    : []
  const { client, t } = { client: scene.client, t: scene.t }
  const fromProfile = [
    client.sex === undefined ? undefined : `\n${t('data.sex')}: ${t(`data.sexes.${client.sex}`)}`,
    client.city === undefined ? undefined : `\n${t('data.city')}: ${client.city}`,
    walk || client.phone === undefined
      ? undefined
      : `\n${t('onboarding.phone.short')}: ${showPhone(client.phone)}`,
    walk || client.birthday === undefined
      ? undefined
      : `\n${t('onboarding.birthday.short')}: ${showBirthday(client.birthday, scene)}`,
    scene.chat.source === undefined ? undefined : `\n${t('data.source')}: ${scene.chat.source}`,
  ]
  return [...lines, ...fromProfile.filter((one) => one !== undefined)]
}

/** So many visits: the file has them all. */
const shownVisits = 10

/** "3 мая: маникюр, Ольга Белова, 1 300 ₽" */
function visitParts({ visits }: PersonalData, scene: Scene): Part[] {
  const { t } = scene
  if (visits.length === 0) return []
  const left = visits.length - shownVisits
  return [
    '\n\n',
    { bold: t('data.visits') },
    ...visits.slice(0, shownVisits).map((visit) => `\n${visitWords(visit, scene)}`),
    ...(left > 0 ? [`\n${t('data.moreVisits', { count: left })}`] : []),
  ]
}

function visitWords({ at, line, service, master, kopecks }: OwnVisit, scene: Scene): string {
  const { salon, language } = scene
  const called = (items: readonly { id: string; name: Named }[], id: string) => {
    const item = items.find((one) => one.id === id)
    return item ? named(item.name, language) : id
  }
  const services = salon.lines.flatMap((one) => one.services)
  const what = service === undefined ? line && called(salon.lines, line) : called(services, service)
  const details = [
    what,
    master && called(salon.masters, master),
    kopecks === undefined ? undefined : showMoney(kopecks, language),
  ].filter((one) => one !== undefined && one !== '')
  return [showDate(at, scene), ...(details.length > 0 ? [details.join(', ')] : [])].join(': ')
}

/** So many answers, and so much of each: the file has them all. */
const shownAnswers = 20
const shownLength = 100

/** What was answered in the last survey; what was passed over is not told of. */
function surveyParts({ walks }: PersonalData, scene: Scene): Part[] {
  const { t, dialogues } = scene
  const walk = walks.filter((one) => one.name === 'survey').toSorted((a, b) => b.run - a.run)[0]
  const survey = dialogues['survey']
  if (!walk || !survey) return []
  const given = (question: Question) => walk.answers[question.id]?.value !== undefined
  const lines = linesOf(survey, scene, walk.answers, given)
  if (lines.length === 0) return []
  const left = lines.length - shownAnswers
  return [
    '\n\n',
    { bold: t('data.survey', { day: showDay(walk.changedAt, scene) }) },
    ...lines.slice(0, shownAnswers).map((one) => `\n${one.name}: ${shortened(one.answer, shownLength)}`),
    ...(left > 0 ? [`\n${t('data.moreAnswers', { count: left })}`] : []),
  ]
}

function consentParts({ t, client }: Scene): Part[] {
  const state = (at: number | undefined) => t(at === undefined ? 'consents.no' : 'consents.yes')
  return [
    '\n\n',
    { bold: t('data.consents') },
    `\n${t('data.personalData')}: ${state(client.personalDataConsentAt)}`,
    `\n${t('data.advertising')}: ${state(client.advertisingConsentAt)}`,
  ]
}
