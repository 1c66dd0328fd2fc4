/**
 * A name as it is compared: case, "ё", punctuation, and how many spaces there are don't matter, and "№" is a word.
 * @returns words with single spaces between them: "Сумма, руб." is "сумма руб"; "" where there is no word
 */
export function plainWords(text: string): string {
  return text
    .replaceAll(/[№#]/g, ' номер ')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
