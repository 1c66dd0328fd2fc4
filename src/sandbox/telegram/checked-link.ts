/**
 * Telegram's idea of a link: http(s) with a dot in the host (so no "http://localhost"), tg://, ton://; the scheme may
 * be left out.
 * @returns the link in full, or undefined when it isn't one
 */
export function checkedLink(link: string): string | undefined {
  if (/^(tg|ton|tonsite):\/{0,2}[\w-]/i.test(link)) return link
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(link) ? link : `http://${link}`
  const url = URL.parse(full)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  if (!url.hostname.includes('.') && !url.hostname.startsWith('[')) return undefined
  return url.href
}
