import { plainNumber } from '../widgets/number-text.js';

/** @typedef {import('../types.js').LabState} LabState */

/**
 * The one sentence under the plots. The core's own words come first: what diverged or
 * stopped, with its numbers, then what was turned at this step, then what the selected runner has reached, then how
 * to begin.
 * @param {LabState} state
 * @param {import('../types.js').LabDescription} description
 * @param {{ selected: number, hidden: Set<number> }} view
 * @param {{ label: string, value: number, step: number } | null} now what the selected runner's curve has reached
 * @param {import('../types.js').Turn[]} turned at this step
 * @returns {import('./status-line.js').Status}
 */
export function statusOf(state, { subjects, channels, knobs, unit }, { selected, hidden }, now, turned) {
  const order = [selected, ...subjects.map((_, k) => k).filter((k) => k !== selected)].filter(
    (k) => !hidden.has(k) && state.subjects[k],
  );
  const told = (/** @type {string} */ status) =>
    order.find(
      (k) =>
        state.subjects[k].status === status &&
        state.subjects[k].text &&
        state.subjects[k].step <= state.step,
    );

  const diverged = told('diverged');
  if (diverged !== undefined) return { tone: 'warn', text: sentence(diverged) };
  const stopped = told('stopped');
  if (stopped !== undefined) return { tone: 'quiet', text: sentence(stopped) };
  const converged = told('converged');
  if (converged !== undefined) return { tone: 'good', text: sentence(converged) };
  if (turned.length > 0) return { tone: 'quiet', text: turned.map(({ text }) => text).join('; ') };
  const words = state.subjects[selected]?.text;
  if (words && !hidden.has(selected)) return { tone: 'quiet', text: sentence(selected) };
  if (state.step === 0) {
    const hasMap = channels.some(({ kind }) => kind === 'field') && knobs.some(({ type }) => type === 'point');
    return { tone: 'quiet', text: hasMap ? 'Click the map to move the start.' : 'Press play to run.' };
  }
  if (!now || hidden.has(selected)) return { tone: 'quiet', text: '' };
  const measured = `${now.label.toLowerCase()} ${plainNumber(now.value)}`;
  return { tone: 'quiet', text: `${subjects[selected].label}: ${measured} at ${unit} ${now.step}` };

  /** @param {number} k */
  function sentence(k) {
    const { text } = state.subjects[k];
    const { label } = subjects[k];
    return subjects.length > 1 && !text.startsWith(label) ? `${label}: ${text}` : text;
  }
}

/**
 * What the selected subject's curve has reached.
 * @param {import('./lab-view.js').LabView} view
 * @param {number} step
 */
export function reached({ lab, description, session, view }, step) {
  const channelOf = (/** @type {{ quantities: string[] }} */ { quantities }) =>
    description.channels.find(
      ({ quantity, subject }) => subject === view.selected && quantities.includes(quantity),
    );
  const tabs = lab.tabs(description).filter(channelOf);
  const tab = tabs.find(({ id }) => id === view.tab) ?? tabs[0];
  const channel = tab && channelOf(tab);
  if (!channel) return null;
  const { data } = session.read(channel.name);
  let at = step;
  while (at > 0 && Number.isNaN(data[at])) at -= 1;
  return Number.isFinite(data[at]) ? { label: tab.label, value: data[at], step: at } : null;
}
