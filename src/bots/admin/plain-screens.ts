import { languages } from '../../domain/salon.ts'
import type { Member } from '../../storage/staff.ts'
import type { Desk } from './desk.ts'
import { button, lines, screen, type Screen } from './screen.ts'

/** The first screen: how many clients there are, and where to go. What is needed between two customers stands on top. */
export function menu(
  member: Member,
  counts: { total: number; fresh: number; calls: number; offers: number },
  desk: Desk,
): Screen {
  const { t, salon } = desk
  const text = lines(
    [{ bold: t('admin.menu.title') }],
    [],
    [t('admin.menu.fresh', { count: counts.fresh })],
    [t('admin.menu.total', { count: counts.total })],
    [],
    [t('admin.menu.hint')],
  )
  const calls = counts.calls > 0 ? t('desk.menu.callsWaiting', { count: counts.calls }) : t('desk.menu.calls')
  const offers =
    counts.offers > 0 ? t('offers.buttons.menuWaiting', { count: counts.offers }) : t('offers.buttons.menu')
  return screen(text, [
    [
      button(t('desk.menu.visits'), { screen: 'visits' }, 'success'),
      button(t('desk.menu.survey'), { screen: 'survey' }),
    ],
    [
      button(calls, { screen: 'followUps', page: 0 }),
      button(t('value.buttons.menu'), { screen: 'segments' }),
    ],
    [
      button(t('admin.menu.buttons.fresh'), { screen: 'fresh', page: 0 }, 'primary'),
      button(offers, { screen: 'offers', page: 0 }),
    ],
    [
      button(t('admin.menu.buttons.clients'), { screen: 'clients', page: 0 }),
      button(t('admin.menu.buttons.search'), { screen: 'search' }),
    ],
    ...(member.role === 'owner'
      ? [
          [
            button(t('nps.buttons.menu'), { screen: 'digest' }),
            button(t('admin.menu.buttons.staff'), { screen: 'staff' }),
          ],
        ]
      : []),
    [
      ...(salon.languages.length > 1
        ? [button(t('admin.menu.buttons.language'), { screen: 'languages' })]
        : []),
      button(t('admin.menu.buttons.help'), { screen: 'help' }),
    ],
  ])
}

/** The choice of language: each name in its own language. */
export function languageChoice({ t, salon, language }: Desk): Screen {
  const offered = languages.filter((known) => salon.languages.includes(known))
  return screen(
    [t('admin.language.ask')],
    [
      offered.map((known) =>
        button(`${known === language ? '✓ ' : ''}${t(`admin.language.${known}`)}`, {
          screen: 'setLanguage',
          language: known,
        }),
      ),
      [button(t('admin.buttons.menu'), { screen: 'menu' })],
    ],
  )
}

/** A screen that only says something (`key` is a locale key) and leads back to the menu. */
export function plainScreen(key: string, { t }: Desk): Screen {
  return screen([t(key)], [[button(t('admin.buttons.menu'), { screen: 'menu' })]])
}

/** What this bot does, and what only an owner can do for the owner. */
export function help(member: Member, { t }: Desk): Screen {
  const owner = member.role === 'owner' ? [[], [t('admin.help.owner')]] : []
  return screen(lines([t('admin.help.text')], ...owner), [
    [button(t('admin.buttons.menu'), { screen: 'menu' })],
  ])
}
