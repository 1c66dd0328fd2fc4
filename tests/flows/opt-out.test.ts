/** One tap under an offer, or a word, and no more offers come; what the person was doing goes on. */
import { describe, expect, test } from 'vitest'
import { openProcess, onboardingWords, words } from '../storage/talk.ts'
import { transcript } from './transcript.ts'

const met = ['/start', 'да', 'да', 'Анна', '89123456789', '17.04', 'ногти', 'выходные', 'дальше', 'да', 'нет']

describe.each(['telegram', 'vk'] as const)('the button under an offer, in %s', (platform) => {
  test('withdraws the consent to advertising, with the button as the proof, and says so kindly', async () => {
    const { chat, prisma } = await openProcess()
    const anna = chat(platform, 7)
    await anna.says(...onboardingWords('89123456789'))
    const reply = await anna.act({ kind: 'press', value: 'optOut.delivery=17' }, { messageId: 3 })
    expect(reply.toast).toBe('Предложений больше не будет')
    expect(words(reply)).toContain('Хорошо, предложений больше не будет.')
    const client = await prisma.client.findFirstOrThrow({ include: { consents: { orderBy: { id: 'asc' } } } })
    expect(client.advertisingConsentAt).toBeNull()
    expect(client.consents.at(-1)).toMatchObject({
      purpose: 'advertising',
      granted: false,
      evidence: 'optOut.delivery=17',
      platform,
    })
  })

  test('leaves the question that is asked as it is: nothing is edited, closed, or asked anew', async () => {
    const { chat, prisma } = await openProcess()
    const anna = chat(platform, 7)
    await anna.says('/start', 'да', 'да', 'Анна')
    const before = await prisma.chat.findFirstOrThrow()
    const reply = await anna.act({ kind: 'press', value: 'optOut.delivery=17' }, { messageId: 3 })
    expect(reply).toMatchObject({ say: [{ text: {} }] })
    expect([reply.close, reply.live]).toEqual([undefined, undefined])
    const after = await prisma.chat.findFirstOrThrow()
    expect([after.liveMessageId, after.liveFrom]).toEqual([before.liveMessageId, before.liveFrom])
    // The answer that is given next answers the question that was open.
    await anna.says('89123456789')
    expect((await prisma.client.findFirstOrThrow()).phone).toBe('+79123456789')
  })

  test('pressed again, or delivered again, changes nothing more and is answered all the same', async () => {
    const { chat, prisma } = await openProcess()
    const anna = chat(platform, 7)
    await anna.says(...onboardingWords('89123456789'))
    const press = { kind: 'press', value: 'optOut.delivery=17' } as const
    await anna.act(press, { key: 'twice' })
    const again = await anna.act(press, { key: 'twice' })
    expect(words(again)).toContain('предложений больше не будет')
    const other = await anna.act({ kind: 'press', value: 'optOut.delivery=16' })
    expect(words(other)).toContain('предложений больше не будет')
    expect(await prisma.consent.count({ where: { purpose: 'advertising', granted: false } })).toBe(1)
  })

  test('of somebody who was forgotten since is answered and keeps nothing', async () => {
    const { chat, prisma } = await openProcess()
    const reply = await chat(platform, 7).act({ kind: 'press', value: 'optOut.delivery=17' })
    expect(words(reply)).toContain('предложений больше не будет')
    expect(await prisma.consent.count()).toBe(0)
    expect(await prisma.event.count()).toBe(0)
  })
})

test('it can be written, too; where anything can be written, it is what was written', () => {
  const { facts } = transcript(
    { before: met },
    `
    client: отписаться
    bot:    Хорошо, предложений больше не будет. Напоминания о визитах и ответы на ваши вопросы останутся. Передумаете — включите снова: меню, «Согласия».

    client: /human
    closed: ☰ Меню
    bot:    Напишите одним сообщением, что передать салону. / Его прочитает человек. [Не сейчас]

    client: отписаться
    closed: Напишите одним сообщением, что передать салону. / Его прочитает человек.
    bot:    Передали салону: вам ответит человек.
    bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
  `,
  )
  const consent = { purpose: 'advertising', granted: false, evidence: 'отписаться' }
  expect(facts).toContainEqual(expect.objectContaining(consent))
  expect(facts).toContainEqual({ kind: 'notice', what: 'message', text: 'отписаться' })
})
