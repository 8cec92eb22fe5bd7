import { GradientBars } from './gradient-bars.js';
import { LayerHistograms } from './histogram.js';
import { LayerScatter } from './layer-scatter.js';
import { layerNames } from './layer-rows.js';
import { Throttle } from '../../plots/throttle.js';

/** @typedef {import('../../panels/channels.js').Frame} Frame */
/** @typedef {import('../../panels/network-data.js').NetworkReader} NetworkReader */
/** @typedef {'byLayer' | 'weights' | 'activations' | 'seen'} LayerTab */

const kPause = 100; // milliseconds while running

/** What the layers of the selected network hold now, one of several pictures of it. */
export class LayerPanel {
  #tab;
  #plot;
  #reader;
  /** @type {Frame | null} */
  #frame = null;
  #turn = 0;
  #pace = new Throttle(kPause, () => {
    this.#turn += 1;
    if (this.#frame) this.update(this.#frame);
  });

  /** @param {HTMLElement} container @param {NetworkReader} reader @param {LayerTab} tab */
  constructor(container, reader, tab) {
    this.#tab = tab;
    this.#reader = reader;
    this.#plot = makePlot(container, tab);
  }

  /** @param {Frame} frame */
  update(frame) {
    this.#frame = frame;
    const { state, view, revision } = frame;
    this.#pace.do(state.step, [revision, view.selected, this.#turn].join(), () => this.#draw(frame));
  }

  /** @param {Frame} frame */
  #draw({ state, description, view, revision }) {
    const reader = this.#reader;
    const subject = view.selected;
    const style = description.subjects[subject]?.style;
    const { widths } = reader.network;
    if (!style) return;
    const plot = this.#plot;
    const key = [revision, subject].join();
    if (plot instanceof GradientBars) {
      plot.update({ key, style, unit: description.unit, step: state.step, norms: /** @type {any} */ (reader.layers(subject)) });
    } else if (plot instanceof LayerScatter) {
      plot.update({ layers: this.#seen(subject), ...labelsOf(reader) });
    } else {
      const isWeights = this.#tab === 'weights';
      const names = layerNames(widths.length);
      const weights = isWeights ? reader.weights(subject) : [];
      const layers = names.map((name, l) => ({
        name, values: isWeights ? weights[l].data : reader.activations(subject, l + 1),
      }));
      plot.update({ key, style, unit: '', layers });
    }
  }

  /** @param {number} subject */
  #seen(subject) {
    const reader = this.#reader;
    const { x, y } = reader.points;
    return [
      { name: 'inputs', x, y },
      ...reader.network.hidden.map((units, l) => ({
        name: units > 2 ? `layer ${l + 1}, 2 of ${units} directions` : `layer ${l + 1}`,
        .../** @type {{ x: Float64Array, y: Float64Array }} */ (reader.seen(subject, l + 1)),
      })),
    ];
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#pace.stop();
    this.#plot.destroy();
  }
}

/** @param {HTMLElement} container @param {LayerTab} tab */
function makePlot(container, tab) {
  if (tab === 'byLayer') return new GradientBars(container);
  if (tab === 'seen') return new LayerScatter(container);
  return new LayerHistograms(container, tab === 'weights' ? 'Weights by layer' : 'Activations by layer');
}

/** @param {NetworkReader} reader */
const labelsOf = ({ points, network, scale }) => ({ labels: points.target, classes: network.classes, scale });
