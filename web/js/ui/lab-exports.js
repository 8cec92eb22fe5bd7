import { dataTable } from './data-table.js';
import { commandLine, composePng, copyText, csvText, download } from './export.js';

/** @typedef {import('./lab-view.js').LabView} LabView */

/**
 * What can be taken away from a lab.
 * @param {LabView} view
 * @param {(text: string) => void} say
 */
export function labExports(view, say) {
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
    const { title, subtitle } = view.description;
    const canvases = view.lab.canvases();
    const blob = await composePng({
      title: `${title}: ${subtitle}, step ${view.session.state().step}`,
      canvases,
      style: getComputedStyle(canvases[0]),
    });
    if (blob) download(blob, `${name()}.png`);
  }

  /** One channel of each kind that a person would read first. */
  function channels() {
    const seen = new Set();
    return view.description.channels
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
            view.session.state().total,
            channels(),
          ),
          'Command line',
        ),
    },
  ];
  return { items, copyLink: (/** @type {string} */ link) => copy(link, 'Link') };
}

/**
 * Tables for those who do not see the plots: the core's own, and the curves at a few steps.
 * @param {LabView} view
 * @param {(style: import('../types.js').Style) => Node} marker
 */
export function tablesOf(view, marker) {
  const { subjects } = view.description;
  const tables = view.session.tables();
  return [...tables, ...seriesTables(view)].map((table) => dataTable(table, { subjects, marker }));
}

const rowsShown = 11;

/** @param {LabView} view @returns {import('../types.js').Table[]} */
function seriesTables(view) {
  const { step } = view.session.state();
  const { subjects } = view.description;
  const every = Math.max(1, Math.ceil(step / (rowsShown - 1)));
  /** @type {number[]} */
  const steps = [];
  for (let t = 0; t < step; t += every) steps.push(t);
  steps.push(step);
  return view.lab.tabs(view.description).map(({ id, label }) => {
    const series = subjects.map((_, k) => view.session.read(`${id}/${k}`).data);
    return {
      title: `${label} over the run`,
      columns: [
        { label: 'Step', help: '' },
        ...subjects.map((subject) => ({ label: subject.label, help: subject.recipe })),
      ],
      rows: steps.map((t) => ({
        subject: -1,
        cells: [String(t), ...series.map((data) => data[t] ?? NaN)],
      })),
    };
  });
}
