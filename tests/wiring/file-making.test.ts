/** What the staff's bot gives away: the answers as tables, made in a thread of its own from a real database, and the poster. */
import { beforeAll, describe, expect, test } from 'vitest'
import { instrument } from '../../src/domain/instrument.ts'
import { createTranslator } from '../../src/locales.ts'
import { fileMaking } from '../../src/wiring/file-making.ts'
import { salon } from '../flows/transcript.ts'
import { readQr } from '../reports/read-qr.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { onboardingWords, openProcess } from '../storage/talk.ts'
import { addCounts, addValues } from '../storage/valued-clients.ts'

const translate = createTranslator({ dir: new URL('../../locales/', import.meta.url) })
const now = () => Date.UTC(2026, 10, 25, 9)
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
let making: ReturnType<typeof fileMaking>
let url: string

beforeAll(async () => {
  const one = await openProcess()
  const anna = one.chat('telegram', 7)
  await anna.says(...onboardingWords('89123456789'), 'нет', 'опрос', 'да', 'нет')
  await one.close()
  const connectionString = (url = one.url)
  making = fileMaking({
    bots: {
      telegram: { profile: () => Promise.resolve({ username: 'salon_bot' } as never) },
      vk: { profile: () => Promise.reject(new Error('VK is away')) },
    },
    salon,
    survey: { version: 1, questions: instrument },
    translate,
    connectionString,
    now,
  })
})

describe('the answers', () => {
  test('as CSV: the survey, the short form, the codebook', async () => {
    const files = await making.exportFile('csv', 'ru')
    expect(files.map(({ name }) => name)).toEqual([
      'otklik-survey-2026-11-25.csv',
      'otklik-visits-2026-11-25.csv',
      'otklik-codebook-2026-11-25.csv',
    ])
    const [header = '', row = ''] = Buffer.from(files[0]?.content ?? [])
      .toString('utf8')
      .split('\r\n')
    const cells = Object.fromEntries(
      header.split(';').map((key, index) => [key.replace('\uFEFF', ''), row.split(';')[index]]),
    )
    expect(cells).toMatchObject({ status: 'open', regular: '1', card: '0', tenure: '' })
    expect(files.map(({ content }) => Buffer.from(content).toString()).join('')).not.toContain('Анна')
  })

  test('as a book that is a ZIP', async () => {
    const [book] = await making.exportFile('xlsx', 'en')
    expect(book?.name).toBe('otklik-survey-2026-11-25.xlsx')
    expect(
      Buffer.from(book?.content ?? [])
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
  })
})

test('the poster leads to the messengers that can be asked for their address', async () => {
  const { name, content } = await making.poster('ru')
  expect(name).toBe('survey-poster.png')
  expect(readQr(Buffer.from(content))).toBe('https://t.me/salon_bot?start=survey')
})

describe('the segments', () => {
  test('are a file, or a word of what is missing, made in a thread from the database', async () => {
    await expect(making.exportSegments('csv', 'ru')).rejects.toMatchObject({ key: 'value.export.nothing' })
    const { prisma, close } = await openDatabase({ connectionString: url, log })
    const client = await prisma.client.findFirstOrThrow()
    const value = { first: 40, last: 4, visits: 2, roubles: 100, code: 'LHH', segment: 'valuable' }
    await addValues(prisma, Number(client.id), value)
    await addCounts(prisma, {}, { valuable: [1, 100] })
    await close()
    const csv = await making.exportSegments('csv', 'ru')
    expect(csv.map(({ name }) => name)).toEqual([
      'otklik-segments-2026-11-25.csv',
      'otklik-segments-codebook-2026-11-25.csv',
    ])
    expect(Buffer.from(csv[0]?.content ?? []).toString()).toContain(';valuable;Ценные;LHH;9;2;100;')
    const [book] = await making.exportSegments('xlsx', 'en')
    expect(book?.name).toBe('otklik-segments-2026-11-25.xlsx')
  })
})
