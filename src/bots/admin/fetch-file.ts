import { ApiError } from '../api-error.ts'
import type { Caller } from '../caller.ts'
import { WireError, type Wire } from '../wire.ts'
import type { Gateway } from './gateway.ts'

/** A bot is given no larger files. */
export const maxFileBytes = 20 * 1024 * 1024

/**
 * Fetches a file that somebody sent.
 * @returns its bytes; undefined: it is more than `maxFileBytes`
 * @throws ApiError, without the address: that contains the token
 */
export type FetchFile = (fileId: string) => Promise<Uint8Array | undefined>

/** A slow line brings 20 MB in this time, and a dead one is silent for so long. */
const silenceMs = 30_000

/** @param wire the bots' way to the messengers, with its proxy */
export function createFetchFile({
  gateway,
  caller,
  wire,
  apiRoot,
  token,
}: {
  gateway: Pick<Gateway, 'ask'>
  caller: Caller
  wire: Pick<Wire, 'download'>
  apiRoot: string
  token: string
}): FetchFile {
  return async (fileId) => {
    try {
      const file = (await gateway.ask('getFile', { file_id: fileId })) as { file_path?: string }
      const url = `${apiRoot}/file/bot${token}/${file.file_path ?? ''}`
      return await caller.call(0, () => download(url), { held: 'byPause' })
    } catch (error) {
      if (error instanceof ApiError && error.description.includes('file is too big')) return undefined
      throw error
    }
  }

  async function download(url: string): Promise<Uint8Array> {
    try {
      return await wire.download(url, { maxBytes: maxFileBytes, timeoutMs: silenceMs })
    } catch (error) {
      const { code, status } = error instanceof WireError ? error : { code: 'UNKNOWN', status: undefined }
      const refused = code === 'TOO_BIG' || (status !== undefined && status < 500)
      const description = code === 'TOO_BIG' ? 'file is too big' : `no file came (${code})`
      throw new ApiError({
        method: 'file',
        code: status,
        description,
        trouble: refused ? 'refused' : 'repeat',
      })
    }
  }
}
