/**
 * What the staff call a client: the name that they gave, or else the first name in their messenger, which is kept after consent.
 * Whoever came by the survey's link was never asked how to be called.
 */
export function shownName({
  name,
  chats,
}: {
  name: string | null
  chats: readonly { profileName: string | null }[]
}): { name?: string } {
  const shown = name ?? chats.find(({ profileName }) => profileName !== null)?.profileName
  return shown == null ? {} : { name: shown }
}
