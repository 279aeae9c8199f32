/** What a person should know about a track while it is recorded: battery, screen, gaps, position. */

import { canStayAwake, canTrack } from "../track.js";
import { metres, said } from "../words.js";

const PROBLEMS = {
  denied: () =>
    gettext("The browser may not use your position. Allow it in the browser's settings, then come back to this page."),
  no_position: () => gettext("No position comes. Step out into the open."),
  storage_full: () => gettext("There is no room left on this phone: the track is not written down."),
  not_written: () => gettext("The last position could not be written down."),
};

/**
 * Sentences about a track.
 * @param {Object} track of `trackOf`
 * @returns {string[]}
 */
export function trackNotes(track) {
  if (!canTrack()) return [gettext("This browser cannot tell where it is, so there is no track.")];
  const notes = [];
  const problem = track && track.problem && PROBLEMS[track.problem];
  if (problem) notes.push(problem());
  if (track && track.state === "running") {
    notes.push(
      canStayAwake()
        ? gettext("The screen stays on while this page is shown, which uses the battery. With another app in front or the screen off, the track has a gap.")
        : gettext("This browser cannot keep the screen on. While it is dark or another app is in front, the track has a gap."),
    );
  }
  if (track && track.gaps) {
    notes.push(said(gettext("The gaps are %(length)s in a straight line and are not counted."), {
      length: metres(track.gaps_m),
    }));
  }
  return notes;
}
