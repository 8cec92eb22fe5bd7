import { ChannelReader, curveAxes, curveTabs } from './channels.js';
import { seriesColumns } from './curve-panel.js';

/** @typedef {import('./channels.js').Frame} Frame */
/** @typedef {import('../labs/lab.js').Lab} Lab */
/** @typedef {import('../labs/lab.js').Tab} Tab */

/**
 * @typedef {object} Panel
 * @property {(frame: Frame, tab: any) => void} update tab: the one that is chosen, for the curves' place
 * @property {() => void} refreshTheme
 * @property {() => void} destroy
 * @property {boolean} [isLog] whether its y-axis is logarithmic now
 */
/** A panel; null where nothing is drawn; code that is fetched first gives what makes the panel.
 * @typedef {Panel | null | Promise<() => Panel>} Made */
/**
 * @typedef {import('../labs/lab.js').Parts & { session: import('../types.js').Session, reader: ChannelReader,
 *   lastFrame: () => Frame | null, redraw: () => void }} Context redraw: of what stands in the curves' place
 */
/**
 * What a lab draws. A panel is made anew where its kind is another one; without kinds there is one panel.
 * @typedef {object} Panels
 * @property {(box: HTMLElement, kind: string) => Made} main
 * @property {(frame: Frame) => string} [mainKind]
 * @property {(box: HTMLElement, kind: any) => Made} side in the curves' place
 * @property {(tab: string) => string} [sideKind]
 * @property {(frame: Frame) => void} [begin] before anything is drawn
 * @property {Lab['hasPlot']} [hasPlot]
 * @property {(frame: Frame) => [number, number] | null} [startPoint]
 * @property {(frame: Frame) => ReturnType<Lab['exportSeries']>} [exportSeries] every curve as columns, if left out
 * @property {() => void} [destroy] of what is neither panel
 */
/**
 * @typedef {Omit<import('../labs/lab.js').LabModule, 'create'> & { plotClass?: string, tabs?: Lab['tabs'],
 *   axes?: Lab['axes'], taskViews?: Record<string, import('../labs/lab.js').TaskView>, panels: (context: Context) => Panels }} Definition
 */

/**
 * A lab from what is its own: the panel in its plot, and the one in the place of its curves.
 * @param {Definition} definition
 * @returns {import('../labs/lab.js').LabModule}
 */
export function defineLab({ plotClass = 'is-chart', tabs = curveTabs, axes = curveAxes, taskViews = {}, panels, ...module }) {
  const classes = plotClass.split(' ').filter(Boolean);
  return {
    ...module,
    create(parts, session) {
      const reader = new ChannelReader(session);
      /** @type {Frame | null} */
      let last = null;
      parts.plot.classList.add(...classes);
      const own = panels({ ...parts, session, reader, lastFrame: () => last, redraw: () => side?.redraw() });
      const main = new Place(parts.plot, own.main, !own.mainKind);
      const side = parts.curves && new Place(parts.curves, own.side, !own.sideKind);
      const shown = () => [main.panel, side?.panel].flatMap((panel) => panel ?? []);

      return {
        tabs,
        axes,
        taskView: (id) => taskViews[id] ?? null,
        hasPlot: own.hasPlot,
        isLog: () => Boolean(side?.panel?.isLog),
        update(frame) {
          last = frame;
          reader.begin(frame);
          own.begin?.(frame);
          main.show(own.mainKind?.(frame) ?? '', (panel) => panel.update(frame, undefined));
          const all = tabs(frame.description);
          const tab = all.find(({ id }) => id === frame.view.tab) ?? all[0];
          side?.show(own.sideKind?.(tab?.id ?? '') ?? '', (panel) => tab && panel.update(frame, tab));
        },
        startPoint: () => (last && own.startPoint?.(last)) ?? null,
        exportSeries() {
          if (!last) return [];
          return own.exportSeries?.(last) ?? seriesColumns(last, reader);
        },
        refreshTheme: () => shown().forEach((panel) => panel.refreshTheme()),
        destroy() {
          own.destroy?.();
          main.clear();
          side?.clear();
          parts.plot.classList.remove(...classes);
        },
      };
    },
  };
}

/** A place of the lab, in which one panel at a time draws. */
class Place {
  /** @type {Panel | null} */
  panel = null;
  #box;
  #make;
  /** @type {string | null} */
  #kind = null;
  /** @type {(panel: Panel) => void} */
  #draw = () => {};

  /** @param {HTMLElement} box @param {Panels['main']} make @param {boolean} isSingle made at once: there is one kind */
  constructor(box, make, isSingle) {
    this.#box = box;
    this.#make = make;
    if (isSingle) this.#fill('');
  }

  /** @param {string} kind @param {(panel: Panel) => void} draw */
  show(kind, draw) {
    this.#draw = draw;
    if (kind !== this.#kind) this.#fill(kind);
    this.redraw();
  }

  redraw() {
    if (this.panel) this.#draw(this.panel);
  }

  /** @param {string} kind */
  #fill(kind) {
    this.clear();
    this.#kind = kind;
    const made = this.#make(this.#box, kind);
    if (made instanceof Promise) made.then((make) => this.#arrive(kind, make));
    else this.panel = made;
  }

  /** Code that was fetched may come when another kind is shown, or twice. @param {string} kind @param {() => Panel} make */
  #arrive(kind, make) {
    if (this.#kind !== kind || this.panel) return;
    this.panel = make();
    this.redraw();
  }

  clear() {
    this.panel?.destroy();
    this.panel = null;
    this.#kind = null;
  }
}
