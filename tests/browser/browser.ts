import { createHash } from 'node:crypto'
import { access, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import bundled, { inflate } from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const flags = ['--no-sandbox', '--headless=shell', '--disable-dev-shm-usage', '--font-render-hinting=none']
/** Many machines have no emoji: this package's are taken where it is installed. */
const emojiFolder = fileURLToPath(
  new URL('../../node_modules/@expo-google-fonts/noto-color-emoji/', import.meta.url),
)
const packageFolder = fileURLToPath(new URL('..', import.meta.resolve('@sparticuz/chromium')))

/**
 * A real Chromium without a window, from npm: no system package is needed, and root may run it.
 * The first call on a machine unpacks it (some seconds). Close it when the test file is done.
 * @throws Error when it does not start
 */
export async function openBrowser(): Promise<Browser> {
  const folder = await unpackedFolder()
  const launch = (extra: Record<string, string> = {}) =>
    chromium.launch({
      executablePath: path.join(folder, 'chromium'),
      args: flags,
      env: { ...environment(), FONTCONFIG_FILE: path.join(folder, 'fonts.conf'), ...extra },
    })
  try {
    return await launch()
  } catch (error) {
    // A bare machine lacks some of its libraries; the package brings them along.
    if (!String(error).includes('shared libraries')) throw error
    return launch({ LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') })
  }
}

/**
 * The folder with the unpacked browser. The package itself unpacks piece by piece into a fixed place, where a second
 * process would find half a browser; here it is made aside and appears at once.
 */
async function unpackedFolder(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string
  }
  const fonts = createHash('sha256').update(fontsConfig('')).digest('hex').slice(0, 8)
  const folder = path.join(tmpdir(), `otklik-chromium-${version}-${fonts}`)
  if (await exists(folder)) return folder
  const aside = await mkdtemp(`${folder}-`)
  try {
    await unpackInto(aside)
    await writeFile(path.join(aside, 'fonts.conf'), fontsConfig(folder))
    await rename(aside, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error // otherwise another process was quicker
    })
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
  return folder
}

/** The package knows no other place than the system's temporary folder, so that is what it is told. */
async function unpackInto(folder: string): Promise<void> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    await Promise.all([bundled.executablePath(), inflate(path.join(packageFolder, 'bin', 'al2023.tar.br'))])
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

/** The same letters on every machine: the packages' own first, then whatever there is. */
const fontsConfig = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>${emojiFolder}</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
  <alias binding="strong">
    <family>system-ui</family>
    <prefer><family>Open Sans</family></prefer>
  </alias>
</fontconfig>
`

function environment(): Record<string, string> {
  const entries = Object.entries(process.env)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  )
