import type { Community } from './community.ts'
import { producedTypes } from './event-types.ts'
import type { EventType, Publish } from './event-types.ts'

/** What a community's settings should switch on for a bot. */
export const defaultTypes: readonly EventType[] = [
  'message_new',
  'message_event',
  'message_allow',
  'message_deny',
]

/** All the switches of VK's settings page, as groups.getLongPollSettings lists them (schema 5.199). */
const otherSwitches = (
  'message_read message_typing_state message_reaction_event audio_new board_post_delete board_post_edit ' +
  'board_post_new board_post_restore group_change_photo group_change_settings group_join group_leave ' +
  'group_officers_edit lead_forms_new market_comment_delete market_comment_edit market_comment_new ' +
  'market_comment_restore market_order_new market_order_edit photo_comment_delete photo_comment_edit ' +
  'photo_comment_new photo_comment_restore photo_new poll_vote_new user_block user_unblock ' +
  'video_comment_delete video_comment_edit video_comment_new video_comment_restore video_new ' +
  'wall_post_new wall_reply_delete wall_reply_edit wall_reply_new wall_reply_restore wall_repost ' +
  'wall_schedule_post_new wall_schedule_post_delete ' +
  'donut_subscription_create donut_subscription_prolonged donut_subscription_cancelled ' +
  'donut_subscription_expired donut_subscription_price_changed donut_money_withdraw ' +
  'donut_money_withdraw_error'
).split(' ')

/** As groups.getLongPollSettings and groups.getCallbackSettings give them: 0 or 1 for each switch. */
export const switches = (on: ReadonlySet<string>): Record<string, 0 | 1> =>
  Object.fromEntries([...producedTypes, ...otherSwitches].map((name) => [name, on.has(name) ? 1 : 0]))

/** An event on its way to the bot. */
export interface BotEvent {
  type: EventType
  /** Events of one peer keep their order. */
  peerId: number
  /** The event's JSON without "{", version and secret: those differ between the ways of delivery. */
  tail: string
}

/** Where events go. */
export interface EventSink {
  accepts(type: EventType): boolean
  take(event: BotEvent): void
}

/**
 * Makes events and hands them over, through the faults' lane: there they are doubled and shuffled on demand.
 * @param sinks asked for each event
 */
export function createPublish({
  group,
  ids,
  faults,
  sinks,
}: Pick<Community, 'group' | 'ids' | 'faults'> & { sinks: () => EventSink[] }): Publish {
  const deliver = faults.lane((event: BotEvent) => {
    for (const sink of sinks()) if (sink.accepts(event.type)) sink.take(event)
  })
  return (type, peerId, object) => {
    if (!sinks().some((sink) => sink.accepts(type))) return
    const head = `"group_id":${group.id},"type":"${type}","event_id":"${ids.token(40)}"`
    deliver({ type, peerId, tail: `${head},"object":${JSON.stringify(object())}}` })
  }
}
