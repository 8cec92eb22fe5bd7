import { dataTable } from '../widgets/data-table.js';
import { commandLine, copyText, csvText, download } from './export.js';

/** @typedef {import('./lab-view.js').LabView} LabView */

/**
 * What can be taken away from a lab.
 * @param {LabView} view
 * @param {{ parts: HTMLElement[], say: (text: string) => void }} options parts: of a picture
 */
export function labExports(view, { parts, say }) {
  const name = () => `descent-${view.description.id}`;

  /** @param {string} text @param {string} what */
  async function copy(text, what) {
    say(
      (await copyText(text))
        ? `${what} copied.`
        : `This page may not write to the clipboard: ${text}`,
    );
  }

  async function picture() {
    view.loop.flush();
    const { title, subtitle, unit, subjects } = view.description;
    const { composePng } = await import('./picture.js');
    const blob = await composePng({
      title: `${title}: ${subtitle}, ${unit} ${view.session.state().step}`,
      notes: subjects.filter((_, k) => !view.view.hidden.has(k)).map(({ recipe }) => recipe),
      parts,
    });
    if (blob) download(blob, `${name()}.png`);
  }

  /** One channel of each kind that a person would read first; where there is none, the tables. */
  function channels() {
    const seen = new Set();
    const read = view.description.channels
      .filter(({ kind, subject, quantity }) => {
        const wanted =
          (kind === 'series' || kind === 'path') &&
          subject >= 0 &&
          ['evaluations', 'time'].includes(quantity) === false;
        const first = !seen.has(kind) || seen.has(`${kind} ${quantity}`);
        if (!wanted || !first) return false;
        seen.add(kind).add(`${kind} ${quantity}`);
        return true;
      })
      .map((channel) => channel.name);
    return read.length > 0 ? read : ['readings', 'tables'];
  }

  const items = [
    { label: 'Picture', help: 'The plots as a PNG', pick: picture },
    {
      label: 'Series as CSV',
      help: 'Every curve, a column each',
      pick: () =>
        download(
          new Blob([csvText(view.lab.exportSeries())], { type: 'text/csv' }),
          `${name()}.csv`,
        ),
    },
    {
      label: 'Copy the spec',
      help: 'The whole state as text',
      pick: () => copy(view.getState(), 'Spec'),
    },
    {
      label: 'Copy the command line',
      help: 'The same numbers without a browser',
      pick: () =>
        copy(
          commandLine(
            view.description.id,
            view.session.spec(),
            view.session.state().step,
            channels(),
          ),
          'Command line',
        ),
    },
  ];
  /** @param {import('../types.js').Document} document */
  const fileItem = ({ title, name: file, text }) => ({
    label: title,
    help: `Saved as ${file}`,
    pick: () => download(new Blob([text], { type: mimeOf(file) }), file),
  });
  return {
    items: () => [...items, ...view.session.documents().map(fileItem)],
    copyLink: (/** @type {string} */ link) => copy(link, 'Link'),
  };
}

/** @param {string} name */
const mimeOf = (name) => (name.endsWith('.json') ? 'application/json' : 'text/plain');

/**
 * Tables for those who do not see the plots: the core's own, and the curves at a few steps.
 * @param {LabView} view
 * @param {(style: import('../types.js').Style) => Node} marker
 */
export function tablesOf(view, marker) {
  const { subjects } = view.description;
  return [...view.session.tables(), ...seriesTables(view)].map((table) => dataTable(table, { subjects, marker }));
}

const rowsShown = 11;

/** @param {LabView} view @returns {import('../types.js').Table[]} */
function seriesTables(view) {
  const { step } = view.session.state();
  const { channels, subjects, unit } = view.description;
  const every = Math.max(1, Math.ceil(step / (rowsShown - 1)));
  /** @type {number[]} */
  const steps = [];
  for (let t = 0; t < step; t += every) steps.push(t);
  steps.push(step);
  return view.lab.tabs(view.description).flatMap(({ label, quantities }) => {
    const shown = channels.filter(({ quantity }) => quantities.includes(quantity));
    if (shown.length === 0) return [];
    const isOne = new Set(shown.map(({ quantity }) => quantity)).size === 1;
    const series = shown.map((channel) => {
      const subject = subjects[channel.subject];
      return {
        label: subject && isOne ? subject.label : channelLabel(channel, subject),
        help: subject?.recipe ?? '',
        data: view.session.read(channel.name).data,
      };
    });
    return [
      {
        title: `${label} over the run`,
        columns: [{ label: capitalised(unit), help: '' }, ...series],
        rows: steps.map((t) => ({
          subject: -1,
          cells: [String(t), ...series.map(({ data }) => data[t] ?? NaN)],
        })),
      },
    ];
  });
}

/** @param {import('../types.js').Channel} channel @param {import('../types.js').Subject} [subject] */
const channelLabel = ({ label }, subject) =>
  subject ? `${subject.label}, ${label.toLowerCase()}` : label;

/** @param {string} word */
const capitalised = (word) => word[0].toUpperCase() + word.slice(1);
