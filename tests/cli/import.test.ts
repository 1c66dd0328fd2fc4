import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { openDatabase } from '../../src/storage/database.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { runImportOf, salonFile } from './run-import.ts'

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

let cwd: string
let env: NodeJS.ProcessEnv
beforeEach(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'import-'))
  await writeFile(path.join(cwd, 'salon.yaml'), salonFile)
  env = { DATABASE_URL: (await freshDatabase()).connectionString }
})
afterEach(() => rm(cwd, { recursive: true }))

const put = (name: string, text: string) => writeFile(path.join(cwd, name), text)
const importIt = (file: string, flags: string | string[] = '--yes') => runImportOf(file, flags, { env, cwd })

async function rowsOf(sql: string, connectionString = env['DATABASE_URL'] ?? ''): Promise<unknown[]> {
  const database = await openDatabase({ connectionString, log })
  try {
    return (await database.pool.query<Record<string, unknown>>(sql)).rows
  } finally {
    await database.close()
  }
}

const visitRows = (connectionString?: string) =>
  rowsOf(
    `SELECT c."name", c."bookPhone", v."at", v."service", v."kopecks", v."externalId" FROM "Visit" v
     JOIN "Client" c ON c."id" = v."clientId" ORDER BY v."at", c."bookPhone", v."kopecks"`,
    connectionString,
  )

const march = `Дата;Клиент;Телефон;Услуга;Сумма, руб.
15.03.2024 14:30;Анна;8 912 345-67-89;женская стрижка;1 500,50
31.02.2024;Оля;123;уход;500
16.03.2024;Оля;+7 912 345-67-80;;-500
;;;;
Итого;;;;1 500,50
`

describe('otklik import', () => {
  test('shows how it understands the file, imports it, and accounts for every row', async () => {
    await put('март.csv', march)
    const { code, said, complained } = await importIt('март.csv')
    expect({ code, complained }).toEqual({ code: 0, complained: '' })
    expect(said).toBe(`Вот как я понимаю этот файл:
CSV, кодировка UTF-8, разделитель «;». Всего 5 строк.
• дата: «Дата», например 15.03.2024 14:30
• телефон: «Телефон», например 8 912 345-67-89
• имя: «Клиент», например Анна
• услуга: «Услуга», например женская стрижка
• сумма: «Сумма, руб.», например 1 500,50
Проверены первые 5 строк: понятных 2, с ошибками 1, пустых и лишних 2.
  строка 3, «Дата»: 31.02.2024 — такого дня в календаре нет
  строка 3, «Телефон»: 123 — не похоже на телефон

✓ Готово.
5 строк, из них:
  новых визитов: 2
  исправлено: 0
  уже были или повторяются: 0
  с ошибками: 1
  пропущено: 2 (пустых 1, итогов 1)
Строки с ошибками лежат в ${path.join(cwd, 'март-исправить.csv')}. Исправьте их там (последняя колонка говорит, что не так) и загрузите этот файл так же.`)
    expect(await visitRows()).toMatchObject([
      {
        name: 'Анна',
        bookPhone: '+79123456789',
        service: 'cut',
        kopecks: '150050',
        at: new Date('2024-03-15T11:30:00Z'),
      },
      {
        name: 'Оля',
        bookPhone: '+79123456780',
        service: null,
        kopecks: '-50000',
        at: new Date('2024-03-16T09:00:00Z'),
      },
    ])
    expect(await rowsOf('SELECT "state", "fileName", "rows", "added", "refused" FROM "Import"')).toEqual([
      { state: 'done', fileName: 'март.csv', rows: 5, added: 2, refused: 1 },
    ])
  })

  test('the file of bad rows can be mended and imported, and then there is nothing more to mend', async () => {
    await put('март.csv', march.replace('Оля;123', '=Оля;+7912'))
    await importIt('март.csv')
    const fix = await readFile(path.join(cwd, 'март-исправить.csv'), 'utf8')
    expect(fix).toBe(
      '\uFEFFДата;Клиент;Телефон;Услуга;Сумма, руб.;Что не так\r\n' +
        "31.02.2024;'=Оля;'+7912;уход;500;«Дата»: такого дня в календаре нет; «Телефон»: не похоже на телефон\r\n".replace(
          /;(«Дата.*)\r/,
          ';"$1"\r',
        ),
    )
    const again = await importIt('март-исправить.csv')
    expect(again.account).toMatchObject({ rows: 1, added: 0, refused: 1 })
    await put(
      'март-исправить.csv',
      fix.replace('31.02.2024', '29.02.2024').replace('+7912;', '+79123456701;'),
    )
    await rm(path.join(cwd, 'март-исправить-2.csv'))
    const mended = await importIt('март-исправить.csv')
    expect(mended.account).toMatchObject({ rows: 1, added: 1, refused: 0 })
    expect(await visitRows()).toMatchObject([
      { name: '=Оля', bookPhone: '+79123456701', kopecks: '50000' },
      {},
      {},
    ])
    expect((await readdir(cwd)).sort()).toEqual(['salon.yaml', 'март-исправить.csv', 'март.csv'])
  })

  test('what the whole column told is still told in the file of bad rows', async () => {
    await put('a.csv', 'date,phone,amount\n13/04/2024,89123456789,"1,500"\n03/04/2024,123,"2,500"\n')
    const { said } = await importIt('a.csv')
    expect(said).toContain('Даты вида 03/04/2024 читаю так: сначала день, потом месяц.')
    expect(said).toContain('В суммах вида 1,500 знак «,» отделяет тысячи: это полторы тысячи.')
    expect(await readFile(path.join(cwd, 'a-исправить.csv'), 'utf8')).toContain('03.04.2024;123;2500;')
  })

  test('a trial writes nothing', async () => {
    await put('март.csv', march)
    const { code, account, said } = await importIt('март.csv', '--dry-run')
    expect({ code, account }).toEqual({
      code: 0,
      account: { rows: 5, added: 0, updated: 0, unchanged: 0, refused: 1, skipped: 2 },
    })
    expect(said).toContain('можно загрузить: 2')
    expect(await visitRows()).toEqual([])
    expect(await readdir(cwd)).toEqual(expect.not.arrayContaining(['март-исправить.csv']))
  })

  test('asks nobody where nobody sits, and says how to go on', async () => {
    await put('март.csv', march)
    const { code, complained } = await importIt('март.csv', '')
    expect(code).toBe(2)
    expect(complained).toContain('--yes')
    expect(await visitRows()).toEqual([])
  })

  test.each([
    ['y', 2],
    ['n', 0],
    ['\r', 0],
  ])('on a terminal %j imports %s visits', async (key, visits) => {
    await put('март.csv', march)
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} })
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 30 })
    let [shown, pressed] = ['', false]
    output.on('data', (piece: Buffer) => {
      shown += piece.toString()
      if (pressed || !shown.includes('Загрузить визиты в базу?')) return
      pressed = true
      // A person sees the question before they press.
      setTimeout(() => input.write(key), 50)
    })
    const { code } = await runImportOf('март.csv', '', { env, cwd, terminal: { input, output } })
    expect(code).toBe(0)
    expect(await visitRows()).toHaveLength(visits)
  })

  test('a person may say which column is what, and how dates are read', async () => {
    await put('a.csv', 'Когда;Кто;Сколько\n03/04/2024;89123456789;500\n')
    expect((await importIt('a.csv')).code).toBe(2)
    const unclear = await importIt('a.csv', ['--column', 'телефон=Кто', '--column', 'amount=C', '--yes'])
    expect(unclear.said).toContain('--dates day-first')
    expect(unclear.account).toMatchObject({ added: 0, refused: 1 })
    const flags = ['--column', 'телефон=Кто', '--column', 'amount=C', '--dates', 'month-first', '--yes']
    expect((await importIt('a.csv', flags)).account).toMatchObject({ added: 1 })
    expect(await visitRows()).toMatchObject([{ at: new Date('2024-03-04T09:00:00Z'), kopecks: '50000' }])
  })

  test.each([
    ['a file that is not there', 'нет.csv', '', 1, 'нет.csv нет'],
    ['a file without names of columns', 'a.csv', '1;2;3\n4;5;6\n', 2, 'названиями колонок'],
    ['a file without a date', 'a.csv', 'Телефон;Сумма\n89123456789;5\n', 2, 'Колонки файла: Телефон, Сумма'],
    ['an empty file', 'a.csv', '', 1, 'ничего нет'],
    ['a PDF', 'a.pdf', '%PDF-1.7', 1, 'PDF'],
  ])('%s is said to be so', async (_, name, content, expected, words) => {
    if (name !== 'нет.csv') await put(name, content)
    const { code, complained } = await importIt(name)
    expect({ code, complained }).toEqual({
      code: expected,
      complained: expect.stringContaining(words) as unknown,
    })
  })

  test.each([
    [['--column', 'чепуха=Дата', '--yes'], 'чепуха=Дата'],
    [['--column', 'дата=Чепуха', '--yes'], 'Колонки «Чепуха» в файле нет'],
    [['--dates', 'year-first'], 'day-first'],
  ])('flags %j are explained', async (flags, words) => {
    await put('март.csv', march)
    const { code, complained } = await importIt('март.csv', flags)
    expect({ code, complained }).toEqual({ code: 2, complained: expect.stringContaining(words) as unknown })
  })

  const many = 10_000
  const putMany = () => {
    const line = (at: number) =>
      `${(at % 28) + 1}.0${(at % 9) + 1}.2024 ${10 + (at % 10)}:00;8912${String(at % 7001).padStart(7, '0')};Услуга ${at};${at % 2000}`
    const rows = Array.from({ length: many }, (_, at) => line(at))
    return put('много.csv', `Дата;Телефон;Услуга;Сумма\n${rows.join('\n')}\n`)
  }
  const count = async () =>
    Number(((await rowsOf('SELECT count(*) FROM "Visit"')) as { count: string }[])[0]?.count)

  /** Imports the file in a process of its own, and sends it this signal when it is about half-way, in the middle of a batch. */
  async function disturbed(signal: NodeJS.Signals) {
    const { pool, close } = await openDatabase({ connectionString: env['DATABASE_URL'] ?? '', log })
    // The batch that makes it half waits for our leave, so that it is never over before the signal comes.
    await pool.query(
      `CREATE FUNCTION wait_at_half() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF (SELECT count(*) FROM "Visit") >= ${many / 2} THEN PERFORM pg_advisory_xact_lock_shared(1); END IF;
         RETURN NULL;
       END $$;
       CREATE TRIGGER wait_at_half AFTER INSERT ON "Visit" FOR EACH STATEMENT EXECUTE FUNCTION wait_at_half()`,
    )
    const gate = await pool.connect()
    await gate.query('SELECT pg_advisory_lock(1)')
    const child = spawn(process.execPath, [path.resolve('src/otklik.ts'), 'import', 'много.csv', '--yes'], {
      cwd,
      env: { ...process.env, ...env, LOG_LEVEL: 'silent', LANG: 'ru_RU.UTF-8' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    child.stdout.on('data', (piece: Buffer) => (said += piece.toString()))
    const ended = once(child, 'close')
    const waiting = `SELECT FROM pg_locks WHERE "locktype" = 'advisory' AND "objid" = 1 AND NOT "granted"
      AND "database" = (SELECT "oid" FROM pg_database WHERE "datname" = current_database())`
    while (child.exitCode === null && (await pool.query(waiting)).rowCount === 0) await sleep(5)
    child.kill(signal)
    if (signal === 'SIGKILL') await ended
    await gate.query('SELECT pg_advisory_unlock(1)')
    const exit = await ended
    await gate.query('DROP FUNCTION wait_at_half CASCADE')
    gate.release()
    await close()
    return { exit, said }
  }
  const timeout = 120_000

  test('stopped by Ctrl-C, it finishes what it had begun and says how far it came', { timeout }, async () => {
    await putMany()
    const { exit, said } = await disturbed('SIGINT')
    expect(exit).toEqual([1, null])
    expect(said).toContain('остановлена на полпути')
    const half = await count()
    expect(said).toContain(`новых визитов: ${half}\n`)
    expect(half).toBeLessThan(many)
  })

  test(
    'killed in the middle and begun again, it leaves what an undisturbed import leaves',
    { timeout },
    async () => {
      await putMany()
      expect((await disturbed('SIGKILL')).exit).toEqual([null, 'SIGKILL'])
      const half = await count()
      expect(half).toBeGreaterThan(0)
      expect(half).toBeLessThan(many)
      const again = await importIt('много.csv')
      expect(again.account).toMatchObject({ rows: many, added: many - half, unchanged: half, updated: 0 })

      const undisturbed = (await freshDatabase()).connectionString
      await runImportOf('много.csv', '--yes', { env: { DATABASE_URL: undisturbed }, cwd })
      expect(await visitRows()).toEqual(await visitRows(undisturbed))
    },
  )
})
