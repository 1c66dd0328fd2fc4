import { NoAnswer } from './ask.ts'
import { ok, problem, warning, type Finding, type Patient } from './finding.ts'

/** Looks at PUBLIC_URL from here. @returns nothing when it is not set */
export async function checkPublicUrl({ settings: { publicUrl }, ask }: Patient): Promise<Finding[]> {
  if (publicUrl === undefined) return []
  try {
    const { status, text } = await ask(`${publicUrl}/health`, { direct: true })
    if (status === 200 && text.trim() === 'ok') return [ok('publicUrl.fine', { url: publicUrl })]
    return [warning('publicUrl.otherAnswer', { url: publicUrl, status })]
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    const { code } = error
    if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code))
      return [problem('publicUrl.certificate', { url: publicUrl, code })]
    if (code === 'ENOTFOUND') return [problem('publicUrl.noName', { url: publicUrl })]
    return [warning('publicUrl.silent', { url: publicUrl, code })]
  }
}
