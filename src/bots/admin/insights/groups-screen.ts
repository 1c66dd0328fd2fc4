import type { SurveyResults } from '../../../domain/results.ts'
import type { Group, GroupTable } from '../../../domain/results/groups.ts'
import type { SurveyQuestion } from '../../../domain/survey.ts'
import type { Insight } from '../../../storage/insights.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { optionName } from './question-screens.ts'
import { npsShortly, showMean } from './words.ts'

/** Which question parts people into groups, or the groups of one. */
export function groupsScreen(
  { found, demo }: Insight<SurveyResults>,
  question: SurveyQuestion | undefined,
  desk: Desk,
): Screen {
  const { t } = desk
  const table = found.groups.find((one) => one.question === question?.id)
  if (!table || !question) return choice(found.groups, desk)
  const text = lines(
    [{ bold: t(`survey.${question.id}.short`) }],
    demo ? [t('nps.demo')] : undefined,
    ...table.groups.flatMap((group) => [[], ...groupLines(group, question, desk)]),
    ...(table.hidden.groups > 0 ? [[], [t('nps.groups.hidden')]] : []),
    ...(table.groups.length + table.hidden.groups === 0 ? [[], [t('nps.groups.nobody')]] : []),
  )
  return screen(text, [[button(t('admin.buttons.back'), { screen: 'groups' })]])
}

function choice(tables: readonly GroupTable[], { t }: Desk): Screen {
  const words = t(tables.length === 0 ? 'nps.groups.none' : 'nps.groups.which')
  return screen(lines([{ bold: t('nps.groups.title') }], [], [words]), [
    ...tables.map(({ question }) => [
      button(t(`survey.${question}.short`), { screen: 'groups', id: question }),
    ]),
    [button(t('admin.buttons.back'), { screen: 'nps' })],
  ])
}

function groupLines(
  { id, n, nps, satisfaction }: Group,
  question: SurveyQuestion,
  desk: Desk,
): (readonly Part[])[] {
  const { t } = desk
  const name = id === null ? t('nps.groups.untold') : optionName(question, id, desk)
  const score = nps.kind === 'hidden' ? t('nps.groups.notShown') : npsShortly(nps, desk)
  const liked = satisfaction.kind === 'mean' ? satisfaction.mean : undefined
  return [
    [{ bold: name }, `, ${t('nps.groups.people', { count: n })}`],
    [t('nps.groups.nps', { nps: score })],
    ...(liked === undefined ? [] : [[t('nps.groups.satisfaction', { mean: showMean(liked, desk) })]]),
  ]
}
