import { describe, expect, test } from 'vitest'
import { formatText } from '../../../src/sandbox/telegram/formatted-text.ts'

/** "bold 0 3": kind, offset, length, and what else an entity has. */
function told(source: string, parseMode: string) {
  const { text, entities } = formatText(source, parseMode, undefined)
  return [
    text,
    ...entities.map(({ type, offset, length, ...rest }) =>
      [type, offset, length, ...Object.values(rest as Record<string, unknown>)].join(' '),
    ),
  ]
}

const refusal = (source: string, parseMode: string) => {
  try {
    formatText(source, parseMode, undefined)
  } catch (error) {
    return (error as Error).message
  }
  return 'not refused'
}

describe('HTML', () => {
  test.each<[source: string, ...told: string[]]>([
    ['a <b>b</b> c', 'a b c', 'bold 2 1'],
    ['<strong>a</strong><i>b</i><em>c</em>', 'abc', 'bold 0 1', 'italic 1 1', 'italic 2 1'],
    [
      '<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del>',
      'abcde',
      'underline 0 1',
      'underline 1 1',
      'strikethrough 2 1',
      'strikethrough 3 1',
      'strikethrough 4 1',
    ],
    ['<B>a<I>b</I></B>', 'ab', 'bold 0 2', 'italic 1 1'],
    ['<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>', 'ab', 'spoiler 0 1', 'spoiler 1 1'],
    ['<a href="https://example.org/?a=1&amp;b=2">x</a>', 'x', 'text_link 0 1 https://example.org/?a=1&b=2'],
    ["<a href='example.org'>x</a>", 'x', 'text_link 0 1 http://example.org/'],
    ['<a href="nonsense">x</a>', 'x'],
    ['<code>a</code> <pre>b</pre>', 'a b', 'code 0 1', 'pre 2 1'],
    ['<pre><code class="language-ts">a</code></pre>', 'a', 'pre 0 1 ts'],
    ['<code class="language-ts">a</code>', 'a', 'code 0 1'],
    [
      '<blockquote>a</blockquote><blockquote expandable>b</blockquote>',
      'ab',
      'blockquote 0 1',
      'expandable_blockquote 1 1',
    ],
    ['&lt;&gt;&amp;&quot;&#1078;&#x436;', '<>&"жж'],
    ['&nbsp; &copy; & a&b', '&nbsp; &copy; & a&b'],
    ['&ampx', '&ampx'],
    ['😀<b>я</b>', '😀я', 'bold 2 1'],
    ['a <b>b </b> ', 'a b', 'bold 2 1'],
    ['\n <i>a</i>', 'a', 'italic 0 1'],
    ['<b> a</b>', ' a', 'bold 0 2'],
    ['<b></b>a', 'a'],
    ['<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', '👍', 'custom_emoji 0 2 5368324170671202286'],
    ['a\r\n<b>b</b>', 'a\nb', 'bold 2 1'],
  ])('%s', (source, ...expected) => {
    expect(told(source, 'HTML')).toEqual(expected)
  })

  test.each([
    ['<br>', 'Unsupported start tag "br" at byte offset 0'],
    ['я<p>a</p>', 'Unsupported start tag "p" at byte offset 2'],
    ['<b>a', 'Can\'t find end tag corresponding to start tag "b"'],
    ['a</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>a</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['<b><i>a</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ['a < b', 'Unsupported start tag "" at byte offset 2'],
    ['1 <2', 'Unclosed start tag at byte offset 2'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<a href="x', 'Unclosed start tag at byte offset 0'],
    ['<a href=x/y>a</a>', 'Unexpected end of name token at byte offset 8'],
    ['<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<span>a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<b>a</b', 'Unclosed end tag at byte offset 4'],
  ])('%s is refused', (source, reason) => {
    expect(refusal(source, 'html')).toBe(`Bad Request: can't parse entities: ${reason}`)
  })
})

describe('MarkdownV2', () => {
  test.each<[source: string, ...told: string[]]>([
    [
      '*a* _b_ __c__ ~d~ ||e|| `f`',
      'a b c d e f',
      'bold 0 1',
      'italic 2 1',
      'underline 4 1',
      'strikethrough 6 1',
      'spoiler 8 1',
      'code 10 1',
    ],
    ['*a _b_*', 'a b', 'bold 0 3', 'italic 2 1'],
    ['1\\.5 \\- 2\\!', '1.5 - 2!'],
    ['[x](https://example.org/a\\)b)', 'x', 'text_link 0 1 https://example.org/a)b'],
    ['```ts\nlet a = 1\n```', 'let a = 1', 'pre 0 9 ts'],
    ['`a*b_c.`', 'a*b_c.', 'code 0 6'],
    ['>a\n>b\nc', 'a\nb\nc', 'blockquote 0 3'],
    ['>a\n>b||', 'a\nb', 'expandable_blockquote 0 3'],
    ['![👍](tg://emoji?id=5368324170671202286)', '👍', 'custom_emoji 0 2 5368324170671202286'],
  ])('%s', (source, ...expected) => {
    expect(told(source, 'MarkdownV2')).toEqual(expected)
  })

  test.each([
    ['1.5', "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ['a - b', "Character '-' is reserved and must be escaped with the preceding '\\'"],
    ['a > b', "Character '>' is reserved and must be escaped with the preceding '\\'"],
    ['*a', "Can't find end of Bold entity at byte offset 0"],
    ['я _a', "Can't find end of Italic entity at byte offset 3"],
    ['[a](http://x', "Can't find end of a URL at byte offset 4"],
    ['![a](https://example.org)', 'Invalid tg://emoji or tg://time URL specified'],
  ])('%s is refused', (source, reason) => {
    expect(refusal(source, 'MarkdownV2')).toBe(`Bad Request: can't parse entities: ${reason}`)
  })

  test('the legacy Markdown is not known to the sandbox, and it says so', () => {
    expect(refusal('*a*', 'Markdown')).toContain('use HTML or MarkdownV2')
  })
})

describe('what Telegram finds by itself', () => {
  test.each<[source: string, ...told: string[]]>([
    ['/start abc', '/start abc', 'bot_command 0 6'],
    ['см. /help и /menu@salon_bot', 'см. /help и /menu@salon_bot', 'bot_command 4 5', 'bot_command 12 15'],
    ['и/или, 1/2', 'и/или, 1/2'],
    ['https://example.org/a?b=c.', 'https://example.org/a?b=c.', 'url 0 25'],
    ['на сайте example.ru, пишите', 'на сайте example.ru, пишите', 'url 9 10'],
    ['anna@example.org', 'anna@example.org', 'email 0 16'],
    ['@salon_bot #весна2026', '@salon_bot #весна2026', 'mention 0 10', 'hashtag 11 10'],
    ['+7 916 123-45-67', '+7 916 123-45-67', 'phone_number 0 16'],
    ['обычный текст. Точка.', 'обычный текст. Точка.'],
  ])('%s', (source, ...expected) => {
    expect(told(source, '')).toEqual(expected)
  })

  test('nothing is found inside code and links, bold does not matter', () => {
    expect(
      told('<code>/start</code> <b>/help</b> <a href="https://a.org">b.org</a>', 'HTML').slice(1),
    ).toEqual(['code 0 6', 'bold 7 5', 'bot_command 7 5', 'text_link 13 5 https://a.org/'])
  })

  test('given entities are taken over, those that Telegram finds itself are dropped', () => {
    const given = [
      { type: 'bold', offset: 0, length: 2 },
      { type: 'url', offset: 0, length: 2 },
      { type: 'text_link', offset: '3', length: 2, url: 'https://example.org' },
    ]
    expect(formatText('ab cd', '', given).entities).toEqual([
      { type: 'bold', offset: 0, length: 2 },
      { type: 'text_link', offset: 3, length: 2, url: 'https://example.org/' },
    ])
  })

  test('control characters become blanks', () => {
    expect(told('a\u0000b\u001fc\td\ne', '')).toEqual(['a b c\td\ne'])
  })
})
