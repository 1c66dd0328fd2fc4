/** Holds the answers of a walk against the definition of the survey, as the dialogues would have let them through. */
import type { Answer, Answers, Scale } from '../../../src/domain/answer.ts'
import type { Walk } from '../../../src/domain/known.ts'
import type { Salon } from '../../../src/domain/salon.ts'
import type { Survey, SurveyQuestion } from '../../../src/domain/survey.ts'
import { recommendScale } from '../../../src/domain/survey.ts'

/** @returns what is wrong, one line each */
export function troublesOf(walk: Walk, survey: Survey, salon: Salon): string[] {
  const troubles = { survey: surveyTroubles, visit: visitTroubles, invite: inviteTroubles }[walk.name]
  if (troubles === undefined) return [`there is no dialogue ${walk.name}`]
  return [...troubles(walk, survey, salon), ...timeTroubles(walk)].map(
    (trouble) => `${walk.name} ${walk.run}: ${trouble}`,
  )
}

function surveyTroubles({ answers, status, version }: Walk, survey: Survey, salon: Salon): string[] {
  const asked = survey.questions.filter((question) => wanted(question, answers, salon))
  const troubles = asked.flatMap((question) => {
    const answer = answers[question.id]
    if (answer === undefined) return status === 'finished' ? [`${question.id} is missing`] : []
    return answerTroubles(question, answer, rowsFor(question, answers, salon), status)
  })
  const known = new Set(asked.map((question) => question.id))
  const extra = Object.keys(answers).filter((id) => !known.has(id))
  const late = asked.map(({ id }) => id).filter((id) => !answers[id]?.known)
  const gap = late.findIndex((id) => answers[id] === undefined)
  return [
    ...troubles,
    ...extra.map((id) => `${id} was not to be asked`),
    ...(gap >= 0 && late.slice(gap).some((id) => answers[id]) ? [`${late[gap]} was left out`] : []),
    ...(version === survey.version ? [] : ['another version']),
  ]
}

function wanted(question: SurveyQuestion, answers: Answers, salon: Salon): boolean {
  const whole = question.partOf === undefined ? undefined : answers[question.partOf]
  if (question.partOf !== undefined && (whole?.value === undefined || whole.skipped)) return false
  return question.kind !== 'grid' || rowsFor(question, answers, salon).length > 0
}

function rowsFor({ rows = [] }: SurveyQuestion, answers: Answers, salon: Salon): string[] {
  if (typeof rows !== 'string') return rows.map((row) => row.id)
  const lines = salon.lines.map((line) => line.id)
  const frequency = answers['frequency']?.value as Record<string, string> | undefined
  return rows === 'lines' || frequency === undefined
    ? lines
    : lines.filter((line) => frequency[line] !== 'never')
}

function answerTroubles(
  question: SurveyQuestion,
  answer: Answer,
  rows: string[],
  status: Walk['status'],
): string[] {
  const { id, kind, scale, options = [] } = question
  const { value } = answer
  const trouble = (what: string) => [`${id} ${what}: ${JSON.stringify(answer)}`]
  const ids = options.map((option) => option.id)
  if (answer.open || answer.again || answer.edited) return trouble('is still open')
  if (answer.known && answer.at !== undefined) return trouble('was known and has a time')
  if (value !== undefined && JSON.stringify(answer.scale) !== JSON.stringify(scale))
    return trouble('has another scale')
  if (value === undefined) return answer.skipped ? [] : trouble('is nothing')
  if (kind !== 'grid' && answer.skipped) return trouble('is skipped and answered')
  switch (kind) {
    case 'yesNo':
      return typeof value === 'boolean' ? [] : trouble('is no yes or no')
    case 'choice':
      return ids.includes(value as string) ? [] : trouble('is no option')
    case 'choices':
      return Array.isArray(value) &&
        value.length > 0 &&
        ids.filter((one) => value.includes(one)).join() === value.join()
        ? []
        : trouble('are no options')
    case 'scale':
      return onScale(value, scale!, question.noOpinion) ? [] : trouble('is off the scale')
    case 'text':
      return typeof value === 'string' && value.trim() !== '' && value.length <= (question.maxLength ?? 4096)
        ? []
        : trouble('is no text')
    case 'date':
      return trouble('is never answered here')
    case 'grid': {
      const given = Object.entries(value as Record<string, unknown>)
      const whole = answer.skipped || status !== 'finished' ? rows.slice(0, given.length) : rows
      if (given.map(([row]) => row).join() !== whole.join())
        return trouble(`has not the rows ${whole.join()}`)
      const wrong = given.filter(([, one]) =>
        scale ? !onScale(one, scale, question.noOpinion) : !ids.includes(one as string),
      )
      return wrong.length === 0 ? [] : trouble('has wrong rows')
    }
  }
}

const onScale = (value: unknown, { from, to }: Scale, noOpinion = false): boolean =>
  value === null ? noOpinion : Number.isInteger(value) && (value as number) >= from && (value as number) <= to

const chips = ['master', 'reputation', 'location', 'price', 'quality', 'habit', 'other']

function visitTroubles({ answers, status, version }: Walk, survey: Survey, salon: Salon): string[] {
  const { line, recommend, why, ...rest } = answers
  const troubles: string[] = []
  const need = (holds: boolean | undefined, what: string) => {
    if (!holds) troubles.push(what)
  }
  need(Object.keys(rest).length === 0, 'has other answers')
  need(version === survey.version, 'another version')
  need(line?.known && salon.lines.some((one) => one.id === line.value), 'no line')
  const scale = recommendScale(survey)
  if (recommend) {
    need(onScale(recommend.value, scale, true), `a score off the scale: ${JSON.stringify(recommend)}`)
    need(JSON.stringify(recommend.scale) === JSON.stringify(scale), 'another scale')
  }
  if (why) {
    need(recommend !== undefined, 'a reason for nothing')
    const { value } = why
    const picked = Array.isArray(value) && value.length > 0 && value.every((chip) => chips.includes(chip))
    need(
      why.skipped ? value === undefined : picked || typeof value === 'string',
      `why: ${JSON.stringify(why)}`,
    )
  }
  need(
    status === (recommend && why ? 'finished' : 'open'),
    `${status} with ${Object.keys(answers).join(', ')}`,
  )
  return troubles
}

function inviteTroubles({ answers, status }: Walk): string[] {
  const { origin, when, ...rest } = answers
  const right =
    ['onboarding', 'prompt', 'evening'].includes(origin?.value as string) &&
    origin?.known === true &&
    (when === undefined ? status === 'open' : ['now', 'evening', 'no'].includes(when.value as string)) &&
    (status === 'finished') === (when !== undefined) &&
    Object.keys(rest).length === 0
  return right ? [] : [`wrong: ${JSON.stringify(answers)}, ${status}`]
}

/** Answers come one after another, between the walk's beginning and its end. */
function timeTroubles({ answers, startedAt, changedAt }: Walk): string[] {
  const given = Object.entries(answers).filter(([, answer]) => !answer.known)
  const times = given.map(([, { at }]) => at ?? Number.NaN)
  const rising = times.every((at, index) => at > (times[index - 1] ?? startedAt - 1))
  return [
    ...(rising ? [] : [`times do not rise: ${startedAt}, ${times.join(', ')}`]),
    ...(changedAt === Math.max(startedAt, ...times) ? [] : ['it changed at another time']),
  ]
}
