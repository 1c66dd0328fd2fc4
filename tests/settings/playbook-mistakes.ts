/** The example's rules with one thing wrong, and what is told then. */
type Mistake = [what: string, from: string | RegExp, to: string, expected: string[]]

const text = "text: '{name}, здравствуйте! Ждём вас.'"
/** With a rule of the salon's own, one of its things a line. */
const listed = (first: string, ...lines: string[]): [from: string, to: string] => [
  '  playbook:\n',
  ['  own:', `    - ${first}`, ...lines.map((line) => `      ${line}`), '  playbook:', ''].join('\n'),
]
const own = (...lines: string[]) => listed('id: mine', ...lines)
const rule = (what: string, lines: readonly string[], expected: string): Mistake => {
  const said = lines.some((one) => one.startsWith('text')) ? [] : [text]
  const [from, to] = own('title: Своё', ...said, ...lines)
  return [what, from, to, [`offers.own[0]${expected}`]]
}
const condition = (what: string, json: string, expected: string): Mistake =>
  rule(what, [`conditions: [${json}]`], `.conditions[0]${expected}`)
const change = (what: string, entry: string, expected: string): Mistake => [
  what,
  '    comeBack: { discountPercent: 5, validDays: 14 }',
  `    ${entry}`,
  [`offers.playbook.${expected}`],
]
const map = (what: string, to: string, expected: string): Mistake => [
  what,
  /^ {2}crossSell:\n(?: {4}.*\n)+/m,
  `  crossSell: ${to}\n`,
  [`offers.crossSell${expected}`],
]
const avoid = (what: string, to: string, expected: string): Mistake => [
  what,
  /^ {2}doNot:\n(?: {4}.*\n)+/m,
  `  doNot: ${to}\n`,
  [expected],
]
const weighed = (what: string, to: string, expected: string): Mistake => [
  what,
  /^ {4}weights: .*/m,
  `    weights: ${to}`,
  [`offers.newcomer.weights${expected}`],
]

export const playbookMistakes: Mistake[] = [
  [
    'rules that are no list',
    '  playbook:\n',
    '  own: brows\n  playbook:\n',
    ['offers.own: expected.ownRules'],
  ],
  [
    'a rule that is a word',
    '  playbook:\n',
    '  own: [brows]\n  playbook:\n',
    ['offers.own[0]: expected.ownRule'],
  ],
  [
    'a rule without a name for the program',
    ...listed('validDays: 3', 'title: Своё', text),
    ['offers.own[0].id: expected.ruleId'],
  ],
  [
    'a name that one of ours has',
    ...listed('id: family', 'title: Своё', text),
    ['offers.own[0].id: expected.ruleTaken'],
  ],
  [
    'a name twice',
    '  playbook:\n',
    `  own: [${Array.from({ length: 2 }, () => `{ id: mine, title: Своё, ${text} }`).join(', ')}]\n  playbook:\n`,
    ['offers.own[1].id: expected.uniqueId'],
  ],
  rule('a misspelt key', ['validDay: 3'], '.validDay: advice.didYouMean'),
  rule('no line', ['lines: []'], '.lines: expected.offerLines'),
  rule('a line that is not there', ['lines: [feet]'], '.lines: expected.masterLine'),
  rule('no segment', ['segments: []'], '.segments: expected.offerSegments'),
  rule('a segment that is not there', ['segments: [rich]'], '.segments: expected.ruleSegment'),
  rule('those of no value', ['segments: [new, noValue]'], '.segments: expected.ruleOfNoValue'),
  rule('conditions that are no list', ['conditions: card'], '.conditions: expected.conditions'),
  condition('a condition that is a word', 'card', ': expected.condition'),
  condition('a condition of no kind', '{ has: false }', ': expected.conditionKind'),
  condition('a condition of another kind', '{ kind: cards }', ': expected.conditionKind'),
  condition('half a condition', '{ kind: card }', '.has: expected.conditionForm'),
  condition('a condition with too much', '{ kind: card, has: true, of: x }', '.of: expected.conditionForm'),
  condition(
    'a range the wrong way round',
    '{ kind: visits, count: { from: 3, to: 1 } }',
    '.count: expected.conditionRange',
  ),
  condition('a condition that nobody fits', '{ kind: any, of: [] }', '.of: expected.conditionEmpty'),
  condition(
    'a condition on a line that is not there',
    '{ kind: line, lines: [feet] }',
    '.lines: expected.masterLine',
  ),
  condition(
    'a question that is not asked',
    '{ kind: answer, question: pets, values: [cat] }',
    '.question: expected.ruleQuestion',
  ),
  condition(
    'conditions in conditions in conditions',
    `${'{ kind: not, of: '.repeat(7)}{ kind: everyone }${' }'.repeat(7)}`,
    `${'.of'.repeat(7)}: expected.conditionDeep`,
  ),
  rule('kopecks', ['discountRoubles: 0.5'], '.discountRoubles: expected.discountRoubles'),
  rule('an empty gift', ["gift: ''"], '.gift.ru: expected.gift'),
  rule('a card that is a word', ['card: золотая'], '.card: expected.offerCard'),
  rule('a discount where there are several', ['discount: 5'], '.discount: expected.noDiscount'),
  rule('two discounts', ['discountPercent: 5', 'gift: маска'], '.gift: expected.oneDiscount'),
  rule('a coupon of words', ['coupon: да'], '.coupon: expected.offerCoupon'),
  rule('a draft every week', ['every: week'], '.every: expected.offerEvery'),
  rule('cross-selling to a line', ['crossSell: hair'], '.crossSell: expected.ownCrossSell'),
  rule('an occasion that there is not', ['occasion: easter'], '.occasion: expected.ownOccasion'),
  rule('days after nothing', ['days: 3'], '.days: expected.daysOfNothing'),
  rule('an occasion every month', ['occasion: overdue', 'every: month'], '.every: expected.everyOfOccasion'),
  rule('advice without words', ["why: ''"], '.why.ru: expected.offerAdvice'),
  rule(
    'a word that we can’t fill in',
    ['text: Ждём вас, {имя}!'],
    '.text.ru: expected.textUnknownPlaceholder',
  ),
  rule(
    'the other line where there is none',
    ['text: Попробуйте {target}!'],
    '.text.ru: expected.textUnknownPlaceholder',
  ),
  rule('a bracket that is not closed', ["text: 'Ждём[ вас!'"], '.text.ru: expected.textBrackets'),
  rule(
    'a discount promised and not given',
    ["text: 'Дарим {discount}.'"],
    '.text.ru: expected.textNoDiscount',
  ),
  rule('a code without a coupon', ["text: 'Код {code}.'"], '.text.ru: expected.textNoCoupon'),
  rule('a coupon without a code', ['coupon: 1'], '.text.ru: expected.textCodeMissing'),
  rule(
    'a discount that goes with the master',
    ["text: 'Ваш {master} дарит {discount}. Ждём.'", 'discountPercent: 5'],
    '.text.ru: expected.textLostWith',
  ),
  rule('nothing for strangers', ["text: '{master} ждёт вас!'"], '.text.ru: expected.textLostAll'),
  rule(
    'a text that is too long for the places in it',
    [`text: 'Ждём вас. ${'{until} '.repeat(90)}'`],
    '.text.ru: expected.textTooLong',
  ),
  [
    'a text in Russian for a salon that speaks English',
    /\[ru, en\]([^]*?) {2}playbook:\n/,
    `[en]$1${own('title: Своё', text)[1]}`,
    ['offers.own[0].text.en: expected.textNoText'],
  ],
  [
    'no text in Russian',
    ...own('title: { ru: Своё, en: Own }', 'text: { en: Hello! }'),
    ['offers.own[0].text.ru: expected.offerText'],
  ],
  rule(
    'only a price for the valuable',
    ['segments: [valuable]', 'discountPercent: 5'],
    '.discountPercent: expected.brokenPriceOnly',
  ),
  rule(
    'much for the vulnerable',
    ['segments: [vulnerable]', 'discountRoubles: 300'],
    '.discountRoubles: expected.brokenDiscount',
  ),
  rule(
    'new ones when they come again',
    ['segments: [new]', 'conditions: [{ kind: visits, count: { from: 2 } }]'],
    '.conditions: expected.brokenWaiting',
  ),
  change(
    'much for the vulnerable in our rule',
    'comeBack: { discountPercent: 15 }',
    'comeBack.discountPercent: expected.brokenDiscount',
  ),
  change('another gift in our words', 'comeBack: { gift: маска }', 'comeBack.text: expected.needsText'),
  change('our words without the coupon', 'comeBack: { coupon: false }', 'comeBack.text: expected.needsText'),
  change('a coupon where our words have none', 'newCard: { coupon: 1 }', 'newCard.text: expected.needsText'),
  change(
    'our rule for those of no value',
    'comeBack: { segments: [lost] }',
    'comeBack.segments: expected.ruleOfNoValue',
  ),
  change(
    'our rule with half a condition',
    'family: { conditions: [{ kind: sex }] }',
    'family.conditions[0].sex: expected.conditionForm',
  ),
  [
    'an occasion’s rule every month',
    'birthday: { days: 0 }',
    'birthday: { every: month }',
    ['offers.playbook.birthday.every: advice.unknownKey'],
  ],
  map('a map that is a list', '[nails]', ': expected.crossSell'),
  map('a map to a word', '{ nails: hair }', '.nails: expected.crossSellTo'),
  map('a map to what there is not', '{ nails: [massage] }', '.nails: expected.crossSellLine'),
  map('a map from what there is not', '{ nail: [hair] }', '.nail: expected.crossSellLine'),
  map('a map to itself', '{ nails: [nails] }', '.nails: expected.crossSellSelf'),
  avoid('a word in place of the groups', 'всё', 'offers.doNot: expected.doNot'),
  avoid('a group that is a word', '{ new: ждать }', 'offers.doNot.new: expected.doNotGroup'),
  avoid(
    'a rule that is a word',
    '{ new: { anything: нет } }',
    'offers.doNot.new.anything: expected.doNotTrue',
  ),
  avoid(
    'nothing for those that our rule is for',
    '{ vulnerable: { anything: true } }',
    'offers.playbook.comeBack.segments: expected.brokenAnything',
  ),
  weighed('a weight in words', '{ interest: много }', '.interest: expected.newcomerWeight'),
  weighed('a weight of what there is not', '{ intrest: 1 }', '.intrest: advice.didYouMean'),
  weighed('weights that are a word', 'тяжёлые', ': expected.newcomerWeights'),
]
