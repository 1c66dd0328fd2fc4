const letters = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder('windows-1251').decode(Uint8Array.of(byte)),
    byte,
  ]),
)

/** A text in Windows-1251; what that can't write is a question mark, as in old programs. */
export const cp1251 = (text: string): Buffer =>
  Buffer.from(Uint8Array.from(text, (letter) => (letters.get(letter) ?? 63) as never))
