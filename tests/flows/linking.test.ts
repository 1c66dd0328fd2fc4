/** The same person in the other messenger: a typed phone opens nothing, a code that came back does. */
import { describe, expect, test } from 'vitest'
import type { Fact, Finding, Known } from '../../src/domain/known.ts'
import { withWalk } from '../../src/domain/known.ts'
import { openChat, transcript } from './transcript.ts'

const atPhone = ['/start', 'да', 'нет', 'Анна']
const to = [{ platform: 'telegram' as const, externalId: 8 }]

describe('a phone that is confirmed elsewhere', () => {
  test('the code is asked for, a wrong one again, the right one makes one person of two', () => {
    const chat = transcript(
      { platform: 'vk', before: atPhone, finding },
      `
      client: 8 912 345-67-89
      closed: ✓ Телефон: +7 912 345 67 89
      bot:    Кажется, мы уже знакомы. {☰ Меню}
      bot:    Введите код из шести цифр / Этот номер уже подтверждён в другом мессенджере: туда пришёл код. Так мы поймём, что это вы. [Пропустить]

      client: 12345
      closed: Введите код из шести цифр / Этот номер уже подтверждён в другом мессенджере: туда пришёл код. Так мы поймём, что это вы.
      bot:    Код состоит из шести цифр. Посмотрите его в другом мессенджере или нажмите «Пропустить». / Введите код из шести цифр / Этот номер уже подтверждён в другом мессенджере: туда пришёл код. Так мы поймём, что это вы. [Пропустить]

      client: 111111
      closed: Введите код из шести цифр / Этот номер уже подтверждён в другом мессенджере: туда пришёл код. Так мы поймём, что это вы.
      bot:    Код не подошёл. Проверьте цифры и попробуйте ещё раз. {☰ Меню}
      bot:    Введите код из шести цифр / Этот номер уже подтверждён в другом мессенджере: туда пришёл код. Так мы поймём, что это вы. [Пропустить]

      client: 123 456
      closed: Введите код из шести цифр / Этот номер уже подтверждён в другом мессенджере: туда пришёл код. Так мы поймём, что это вы.
      bot:    Узнали вас! Теперь это один и тот же профиль, где бы вы ни писали. {☰ Меню}
      bot:    6 из 7 / Откуда вы о нас узнали? [От знакомых] [Из соцсетей] [На картах] [Поиск в интернете] [Шли мимо] [Другое] [Пропустить] [← Назад] [Не сейчас]
    `,
    )
    expect(chat.known().client.name).toBe('Анна из Telegram')
    expect(chat.facts.filter((fact) => fact.kind === 'code')).toEqual([
      { kind: 'code', code: '111111' },
      { kind: 'code', code: '123456' },
    ])
    expect(JSON.stringify(chat.known().walks)).not.toContain('123456')
  })

  test('an expired code is no dead end', () =>
    transcript(
      { platform: 'vk', before: atPhone, finding },
      `
      client: 8 912 345-67-89
      closed: ✓ Телефон: +7 912 345 67 89
      bot:    Кажется, мы уже знакомы. {☰ Меню}
      bot:    Введите код из шести цифр / Этот номер уже подтверждён в другом мессенджере: туда пришёл код. Так мы поймём, что это вы. [Пропустить]

      client: 000000
      closed: Введите код из шести цифр / Этот номер уже подтверждён в другом мессенджере: туда пришёл код. Так мы поймём, что это вы.
      bot:    Этот код больше не действует. Ничего страшного: продолжим без него. {☰ Меню}
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('without a code it goes on, too', () =>
    transcript(
      { platform: 'vk', before: atPhone, finding },
      `
      client: 8 912 345-67-89
      closed: ✓ Телефон: +7 912 345 67 89
      bot:    Кажется, мы уже знакомы. {☰ Меню}
      bot:    Введите код из шести цифр / Этот номер уже подтверждён в другом мессенджере: туда пришёл код. Так мы поймём, что это вы. [Пропустить]

      client: [Пропустить]
      closed: Введите код из шести цифр / Этот номер уже подтверждён в другом мессенджере: туда пришёл код. Так мы поймём, что это вы.
      bot:    Хорошо, продолжим без кода. {☰ Меню}
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('in English, on Telegram, by a word', () =>
    transcript(
      { language: 'en', before: ['/start', 'yes', 'no', 'Anna'], finding },
      `
      client: +79123456789
      bot:    ✓ Phone: +7 912 345 67 89 {}
      bot:    It seems we've met before.
      bot:    Enter the six-digit code / This number is already confirmed in another messenger: the code is there. That's how we know it's you. [Skip]

      client: what?
      closed: Enter the six-digit code / This number is already confirmed in another messenger: the code is there. That's how we know it's you.
      bot:    The code has six digits. Look it up in the other messenger, or press Skip. / Enter the six-digit code / This number is already confirmed in another messenger: the code is there. That's how we know it's you. [Skip]

      client: skip
      closed: Enter the six-digit code / This number is already confirmed in another messenger: the code is there. That's how we know it's you.
      bot:    All right, let's go on without the code.
      bot:    3 of 7 / When is your birthday? / We'd love to wish you a happy one. / For example 17.04 or 17.04.1990: the year is up to you. [Skip] [← Back] [Not now]
    `,
    ))

  test('doing something else drops the code', () =>
    transcript(
      { platform: 'vk', before: [...atPhone, '8 912 345-67-89'], finding },
      `
      client: /menu
      closed: Введите код из шести цифр / Этот номер уже подтверждён в другом мессенджере: туда пришёл код. Так мы поймём, что это вы.
      bot:    Чем помочь? [Познакомиться] [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: познакомиться
      closed: ☰ Меню
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]
    `,
    ))
})

test('a contact that is known in the other messenger makes one person at once', () =>
  transcript(
    { before: atPhone, finding: (fact, known) => (fact.kind === 'phone' ? linked(known) : undefined) },
    `
      client: (contact 79123456789)
      bot:    ✓ Телефон: +7 912 345 67 89 {}
      bot:    Узнали вас! Теперь это один и тот же профиль, где бы вы ни писали.
      bot:    ✓ День рождения: 17 апреля / ✓ Интересно: Ногти / ✓ Удобное время: — / 6 из 7 / Откуда вы о нас узнали? [От знакомых] [Из соцсетей] [На картах] [Поиск в интернете] [Шли мимо] [Другое] [Пропустить] [← Назад] [Не сейчас]
    `,
  ))

test('a contact whose number was typed in the other messenger shows the code here', () =>
  transcript(
    {
      before: atPhone,
      finding: (fact) =>
        fact.kind === 'phone' ? { finding: { kind: 'codeHere', code: '123456', askedIn: to } } : undefined,
    },
    `
      client: (contact 79123456789)
      bot:    ✓ Телефон: +7 912 345 67 89 {}
      bot:    Кажется, вы писали нам и в другом мессенджере. Чтобы мы узнавали вас и там, введите в нём этот код: 123456. Действует 10 минут.
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]
    `,
  ))

/** What storage would do with a phone and a code. */
function finding(fact: Fact, known: Known): { finding: Finding; known?: Known } | undefined {
  if (fact.kind === 'phone') {
    const walk = { run: 1, version: 1, status: 'open' as const, answers: {}, startedAt: 1, changedAt: 1 }
    return {
      finding: { kind: 'codeSent', code: '123456', to },
      known: withWalk(known, { name: 'link', ...walk }),
    }
  }
  if (fact.kind !== 'code') return undefined
  if (fact.code === '123456') return linked(known)
  if (fact.code === '111111') return { finding: { kind: 'wrongCode' } }
  return {
    finding: { kind: 'codeExpired' },
    known: { ...known, walks: known.walks.filter((walk) => walk.name !== 'link') },
  }
}

/** The person who was met in the other messenger. */
function linked(known: Known): { finding: Finding; known: Known } {
  const other = openChat()
  for (const line of ['/start', 'да', 'нет', 'Анна из Telegram', 'дальше', '17.04', 'ногти', 'дальше'])
    other.play(line)
  const { client, walks } = other.known()
  return {
    finding: { kind: 'linked' },
    known: {
      ...known,
      client: { ...client, phone: '+79123456789', confirmedPhone: '+79123456789' },
      walks,
      reachableOn: ['telegram', 'vk'],
    },
  }
}
