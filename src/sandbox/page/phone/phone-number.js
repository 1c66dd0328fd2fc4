/**
 * A number as people write it, for the countries of the demo; others stay as they are.
 * @param {string} phone E.164, or ''
 */
export function shownPhone(phone) {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone)
  if (russian) return `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}`
  return phone.replace(/^\+44(\d{4})(\d{6})$/, '+44 $1 $2')
}

/**
 * What somebody typed, as E.164: "8 (916) 123-45-67" is +79161234567.
 * @param {string} typed
 * @returns {string | undefined} undefined: not a phone number
 */
export function typedPhone(typed) {
  const digits = typed.replace(/[\s().–-]/g, '')
  const full = digits.replace(/^8(?=\d{10}$)/, '+7')
  return /^\+[1-9]\d{6,14}$/.test(full) ? full : undefined
}
