/** The messengers that a client can write in. */
export const platforms = ['telegram', 'vk'] as const
export type Platform = (typeof platforms)[number]
