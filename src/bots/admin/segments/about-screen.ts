import { enoughRepeatClients } from '../../../domain/value/models.ts'
import { segmentsOf } from '../../../domain/value/segment-rank.ts'
import type { SegmentOverview } from '../../../storage/segment-overview.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Screen } from '../screen.ts'
import { iconOf, segmentName } from './words.ts'

/** What the words mean, how the figures come about, and who sees what. */
export function aboutScreen({ scheme }: SegmentOverview, desk: Desk): Screen {
  const { t } = desk
  const text = lines(
    [{ bold: t('value.about.title') }],
    [],
    [t(`value.about.${scheme}`)],
    [],
    ...segmentsOf(scheme).map((segment) => [
      `${iconOf(segment)} ${segmentName(segment, desk)}: ${t(`segments.meaning.${segment}`)}`,
    ]),
    ...(['lines', 'value', 'forecast', 'warnings', 'money'] as const).flatMap((part) => [
      [],
      [t(`value.about.${part}`, { enough: enoughRepeatClients })],
    ]),
  )
  return screen(text, [[button(t('admin.buttons.back'), { screen: 'segmentsOf', line: '' })]])
}
