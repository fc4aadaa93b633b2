import { type ConsentStatus, type Operation, WithdrawalExtent } from "../../src/model/index.ts";
import { DAY, type Story } from "./story.ts";

const { NoFurtherContact, NoFurtherAccess, NoFurtherUse } = WithdrawalExtent;

interface State {
  /** What a reader sees. */
  readonly reads: ConsentStatus;
  /** How to come there; answers the story under the terms that stand. */
  readonly reach: (story: Story) => Promise<Story>;
}

/** How to come to a state by the operations of a story. */
function by(...steps: readonly ((story: Story) => Operation | Promise<Operation>)[]): State["reach"] {
  return async (story) => {
    for (const step of steps) await story.given(step(story));
    return story;
  };
}

/** Every state that the participant's verbs and time lead to, as a reader sees it. */
export const STATES: Readonly<Record<string, State>> = {
  None: { reads: "None", reach: by() },
  Active: { reads: "Active", reach: by((story) => story.grant({ until: story.now + DAY })) },
  Scheduled: {
    reads: "Scheduled",
    reach: async (story) => {
      const later = await story.register({ from: story.now + 1_000 });
      await later.given(later.grant({ until: later.now + DAY }));
      return later;
    },
  },
  Expired: { reads: "Expired", reach: by((story) => story.grant({ until: story.now + 10 })) },
  Suspended: {
    reads: "Suspended",
    reach: by(
      (story) => story.grant({ until: story.now + DAY }),
      (story) => story.suspend(),
    ),
  },
  "Suspended, never granted": { reads: "Suspended", reach: by((story) => story.suspend()) },
  "Expired while suspended": {
    reads: "Expired",
    reach: by(
      (story) => story.grant({ until: story.now + 20 }),
      (story) => story.suspend(),
    ),
  },
  Declined: {
    reads: "Declined",
    reach: by(
      (story) => story.grant({ until: story.now + DAY }),
      (story) => story.decline(),
    ),
  },
  "Declined, never granted": { reads: "Declined", reach: by((story) => story.decline()) },
  "Withdrawn from further contact": {
    reads: "Withdrawn",
    reach: by(
      (story) => story.grant({ until: story.now + DAY }),
      (story) => story.withdraw(NoFurtherContact),
    ),
  },
  "Withdrawn from further access": {
    reads: "Withdrawn",
    reach: by(
      (story) => story.grant({ until: story.now + DAY }),
      (story) => story.withdraw(NoFurtherAccess),
    ),
  },
  "Withdrawn from further use": {
    reads: "Withdrawn",
    reach: by(
      (story) => story.grant({ until: story.now + DAY }),
      (story) => story.withdraw(NoFurtherUse),
    ),
  },
  "Withdrawn, never granted": { reads: "Withdrawn", reach: by((story) => story.withdraw()) },
  Annulled: {
    reads: "Annulled",
    reach: by(
      (story) => story.grant({ until: story.now + DAY }),
      (story) => story.annul(),
    ),
  },
  "Annulled, never granted": { reads: "Annulled", reach: by((story) => story.annul()) },
};
