/** What the demo's clients write where the salon's first language is English. As in quotes.ts: data, each used once at most. */
import type { Mood, Quotes } from './speech.ts'

const nails: Record<Mood, readonly string[]> = {
  good: [
    'Three weeks in and not a single chip!',
    'Neatest manicure I have ever had, thank you',
    'Brought a picture, got exactly that',
    'Started right on time, finished early',
    'My nails finally stopped peeling, thanks for the base coat tip',
    'Lovely pedicure, nearly fell asleep',
  ],
  neutral: [
    'Fine, but the gel used to last longer',
    'Nice work, had to wait fifteen minutes though',
    'Good shape, the colour is not quite the one I chose',
    'ok overall, more designs would be great',
    'Neat but slow, almost three hours',
    'Happy with it, but evening slots are always gone',
  ],
  bad: [
    'Gel came off on day four',
    'Booked for noon, started at twenty to one',
    'Cut my cuticle, two fingers hurt all evening',
    'Asked for almond, got square',
    'Chipped the next day, right before my holiday',
    'The price at the till was not the one on the phone',
    'Rushed job, you can tell',
    'She kept checking her phone the whole time',
    'Far too stuffy in there, left with a headache',
    'Filed them much shorter than I asked',
  ],
}

const hair: Record<Mood, readonly string[]> = {
  good: [
    'Finally a cut that needs no styling in the morning',
    'She actually listens. That is rare',
    'Cool blonde without any yellow, love it',
    'My husband noticed, and that says it all',
    'Talked me out of a fringe and were right',
    'They told me how to dry it at home and it works!',
    'Both my daughter and I left smiling',
  ],
  neutral: [
    'Good cut, took longer than promised',
    'Like the colour, the toner washed out in two weeks',
    'Fine. Expected a bit more volume',
    'Good, but pricey for a simple trim',
    'Great blow-dry, the cut itself is ordinary',
    'Still getting used to the length',
  ],
  bad: [
    'Asked for a trim, lost three inches',
    'Wanted ash blonde, went home ginger',
    'Waited half an hour past my appointment',
    'Colour cost nearly twice what I was told',
    'The fringe is crooked, fixed it myself',
    'My scalp burned and I was told to bear with it',
    'Greys showing again after a week',
  ],
}

const cosmetology: Record<Mood, readonly string[]> = {
  good: [
    'My skin glows, people ask where I went on holiday',
    'Explains every step, nothing to be afraid of',
    'The best hour of my week',
    'Never pushed anything I did not need',
    'Brows are perfect, right shape first time',
    'Expensive, but I can see what I pay for',
    'They messaged the next day to ask how my skin was',
    'Lashes look like mine, only better',
  ],
  neutral: [
    'It works, but only for a couple of days',
    'Pleasant and calm, a little pricey',
    'Good treatment, people talking loudly next door',
    'Too early to say, going for the second session',
    'Nice brows, the left one a touch thinner',
  ],
  bad: [
    'My face took a week to heal and nobody warned me',
    'Came for a massage, got half an hour of cream sales',
    'Brows far too dark, scrubbed them at home',
    'The room was freezing',
    'Started late, finished early, same price',
  ],
}

const any: Record<Mood, readonly string[]> = {
  good: [
    'Loved everything, will be back',
    'Careful and kind, great result',
    'On time, neat, with a smile',
    'Better than I imagined',
  ],
  neutral: ['Fine, nothing special', 'Good result, long wait', 'Not bad, rather expensive'],
  bad: [
    'Expected more for the money',
    'Started half an hour late, then rushed',
    'Not what we agreed on',
    'Lasted two days',
  ],
}

const ill = [
  'My stylist is off sick, someone else did it and it is not my cut',
  'Rescheduled twice because of illness',
  'Was told about the replacement an hour before',
  'One person for the whole room, waited forty minutes',
  'Get well soon, but please call ahead next time',
]

const suggestions: Record<Mood, readonly string[]> = {
  good: [
    'Change nothing, you are doing well',
    'Bring back the mint tea, all else is perfect',
    'Show the work of each stylist, there is a lot to be proud of',
    'A loyalty card, please, I would be the first',
    'Keep going',
  ],
  neutral: [
    'Online booking please, hard to call during the day',
    'Evening slots after seven',
    'A hook for my bag by the chair',
    'Music a bit lower, please',
    'Parking!',
    'Send a reminder the day before',
  ],
  bad: [
    'Tell the full price before you start',
    'Start on time',
    'If someone is ill, let us know a day ahead\nand offer another date',
    'Listen to what people ask for',
    'Open a window, there is no air in there',
    'Put your phones away while you work',
    'Say sorry at least when you keep people waiting',
  ],
}

export const quotesInEnglish: Quotes = { said: { nails, hair, cosmetology, any }, ill, suggestions }
