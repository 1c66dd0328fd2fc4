/** Where the webhooks listen, under PUBLIC_URL: what the bots register and the doctor looks for. */
export const webhookPaths = { telegram: '/telegram', admin: '/telegram-admin', vk: '/vk' } as const
