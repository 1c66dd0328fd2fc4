/**
 * Takes secrets and phones out of a text, whatever they got into: a URL in the message of a network error, a stack,
 * a line of JSON. Works on the finished text, so that no way of nesting errors can carry a token past it.
 * @returns the text, still valid JSON if it was
 */
export function redact(text: string): string {
  let clean = text
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement)
  return clean
}

const patterns: readonly (readonly [RegExp, string])[] = [
  // Telegram: in a path (/bot123:AA…/getMe, /file/bot123:AA…/…) with a token of any shape, or a whole token alone.
  [/\bbot\d+(?::|%3A)[\w-]+/gi, 'bot[token]'],
  [/\b\d{6,}:[\w-]{30,}/g, '[token]'],
  // VK: the new form, the old one of 85 hexadecimal digits.
  [/\bvk1\.[a-z]\.[\w-]+/g, '[token]'],
  [/\b[0-9a-f]{85}\b/g, '[token]'],
  // name=value and "name":"value", also as JSON inside a string of JSON. "key" is what VK's long poll lets one in with.
  [
    /\b(access_token|secret_token|client_secret|secret|password)(\\*"?\s*[:=]\s*\\*"?)[^"\\&\s,}]+/gi,
    '$1$2[secret]',
  ],
  [/([?&]key=)[^"\\&\s]+/g, '$1[secret]'],
  [/\b(\w+:\/\/[^\s:/@"]*:)[^\s/@"]+@/g, '$1[secret]@'],
  // Phones: a number of JSON becomes a string, so that the line can still be read.
  [/(?<=[:[,])\+?[78]9\d{9}(?=[,}\]])/g, '"[phone]"'],
  [/\+\d{10,15}(?!\d)/g, '[phone]'],
  [/(?<![\d.])[78]9\d{9}(?!\d)/g, '[phone]'],
]
