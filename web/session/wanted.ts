// What views want to know of a run once: in the worker, a moment's work at a time.
import type { Opened, Session } from "../generated/brainbow_wasm.js";
import { hasPlane } from "../kinds.js";
import { pointsOf } from "./fit.js";
import { placesOf, planeOf } from "./plane.js";
import { SEEDS, type Want, type Wanted } from "./protocol.js";

/** What may be taken at once, of what takes long. */
const AT_ONCE_MS = { means: 5, simpler: 10, spread: 10 };

/** As far as it is found; null where the data has nothing of the kind. */
export function wantedOf(
  session: Session,
  opened: Opened,
  want: Want,
): { found: Partial<Wanted>; isWhole: boolean } | null {
  const whole = (found: Partial<Wanted>) => ({ found, isWhole: true });
  switch (want.kind) {
    case "labels":
      return whole({ labels: session.labels() });
    case "means": {
      const means = session.means(AT_ONCE_MS.means);
      return { found: means ? { means } : {}, isWhole: means !== undefined };
    }
    case "places":
      return hasPlane(opened) ? whole({ places: placesOf(session, opened) }) : null;
    case "plane": {
      const plane = hasPlane(opened) ? planeOf(session, opened) : null;
      return plane && whole({ plane });
    }
    case "points":
      return opened.classes === 0 ? whole({ points: pointsOf(session, opened, want) }) : null;
    case "simpler": {
      const simpler = session.simpler(AT_ONCE_MS.simpler);
      return { found: simpler ? { simpler } : {}, isWhole: simpler !== undefined };
    }
    case "spread": {
      const spread = session.spread(AT_ONCE_MS.spread);
      return { found: { spread }, isWhole: spread.length === SEEDS };
    }
    case "rows":
      return whole({ rows: { ids: want.ids, cells: session.tableRows(Uint32Array.from(want.ids)) } });
  }
}
