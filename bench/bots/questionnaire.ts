/** What the bots to compare with ask: as many questions as the onboarding, by buttons, again and again. */
export const questions = 11
const options = ['Вариант первый', 'Вариант второй', 'Вариант третий', 'Вариант четвёртый', 'Пропустить']

/** @param number from 0 */
export const textOf = (number: number): string =>
  `${number + 1} из ${questions}\nВопрос номер ${number + 1}: что вам нравится больше?`

/** One button a row; the value names the question and the answer. */
export const keyboardOf = (number: number) => ({
  inline_keyboard: options.map((text, index) => [{ text, callback_data: `q${number}=${index}` }]),
})
