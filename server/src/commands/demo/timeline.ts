// Plans that come true in the order of time, so that the log of the demo reads like that of a real year.

import type { Instant } from '../../core/day.ts'
import type { Stage } from './stage.ts'

/** What happens at a moment. */
export type Happening = () => Promise<unknown>

export type Timeline = {
  /** Plans something. Two plans for the same instant happen in the order they were made. */
  readonly plan: (at: Instant, happening: Happening) => void
  /** Lets everything happen, the clock of the stage moving along. What is planned meanwhile is too late. */
  readonly play: (stage: Stage) => Promise<void>
}

/** An empty timeline. */
export function createTimeline(): Timeline {
  const plans: { readonly at: Instant; readonly happening: Happening }[] = []
  return {
    plan(at, happening) {
      plans.push({ at, happening })
    },
    async play(stage) {
      for (const { at, happening } of plans.splice(0).sort((a, b) => a.at - b.at)) {
        stage.moveTo(at)
        await happening()
      }
    },
  }
}
