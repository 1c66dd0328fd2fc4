import { runCommandLine } from '../../src/cli/command-line.ts'

/** The salon of tests/domain/visit-file/lavender.ts. */
export const salonFile = `
name: Лаванда
operator: { name: ИП Соколова, taxId: '000000000000', address: Иваново, email: privacy@lavanda.example }
timeZone: Europe/Moscow
languages: [ru, en]
lines:
  - id: nails
    name: { ru: Ногтевой сервис, en: Nails }
    services:
      - { id: gel, price: 2200, name: { ru: Маникюр с гель-лаком, en: Gel manicure } }
      - { id: nail-care, price: 500, name: { ru: Уход } }
  - id: hair
    name: { ru: Парикмахерский зал, en: Hair }
    services:
      - { id: cut, price: 1900, name: { ru: Женская стрижка, en: "Women's haircut" } }
      - { id: hair-care, price: 2700, name: { ru: Уход } }
masters:
  - { id: artem, lines: [hair], name: { ru: Артём Лисин, en: Artem Lisin } }
advertising: { telegram: false, vk: false }
`

export interface ImportRun {
  code: number
  said: string
  complained: string
  account: {
    rows: number
    added: number
    updated: number
    unchanged: number
    refused: number
    skipped: number
  }
}

/** `otklik import FILE` with these flags, in Russian. */
export async function runImportOf(
  file: string,
  flags: string | readonly string[],
  {
    env,
    cwd,
    terminal,
  }: { env: NodeJS.ProcessEnv; cwd: string; terminal?: Parameters<typeof runCommandLine>[0]['terminal'] },
): Promise<ImportRun> {
  const said: string[] = []
  const complained: string[] = []
  const code = await runCommandLine({
    argv: [
      'import',
      file,
      ...(typeof flags === 'string' ? flags.split(' ').filter((word) => word !== '') : flags),
    ],
    env: { LANG: 'ru_RU.UTF-8', LOG_LEVEL: 'silent', ...env },
    cwd,
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
    loadProduct: () => Promise.reject(new Error('nothing was to be started here')),
    exit: () => {},
    ...(terminal && { terminal }),
  })
  const text = said.join('\n')
  const count = (words: RegExp): number => Number(words.exec(text)?.[1] ?? 0)
  const account = {
    rows: count(/(\d+) строк\p{L}*, из них/u),
    added: count(/новых визитов: (\d+)/),
    updated: count(/исправлено: (\d+)/),
    unchanged: count(/уже были или повторяются: (\d+)/),
    refused: count(/с ошибками: (\d+)\n|с ошибками: (\d+)$/),
    skipped: count(/пропущено: (\d+)/),
  }
  return { code, said: text, complained: complained.join('\n'), account }
}
