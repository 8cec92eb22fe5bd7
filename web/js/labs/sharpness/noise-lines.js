import { CurvePlot } from '../../plots/curve-plot.js';
import { ChannelReader } from '../../panels/channels.js';

/** @typedef {import('../../types.js').Subject} Subject */

const kTitle = 'Noise on the validation inputs';

/** How wrong every runner is on inputs with noise on them, by the size of the noise. */
export class NoiseLines {
  #plot;

  /** @param {HTMLElement} container */
  constructor(container) {
    this.#plot = new CurvePlot(container, { label: kTitle });
  }

  /** @param {import('../lab.js').TaskSource} task @param {Subject[]} subjects */
  update(task, subjects) {
    const reader = new ChannelReader(task, task.channels);
    const series = subjects.flatMap(({ label, style }, runner) => {
      const { sigma, mean } = reader.columns('noisy', { runner });
      return sigma.length ? [{ label, style, x: sigma, y: mean, now: sigma.length - 1 }] : [];
    });
    this.#plot.update({
      title: kTitle,
      series,
      xLabel: 'σ',
      yLabel: task.channels.find(({ name }) => name === 'noisy')?.label.toLowerCase() ?? '',
      logX: false,
      logY: false,
      xEnd: null,
      cursor: null,
    });
  }

  refreshTheme() {
    this.#plot.refreshTheme();
  }

  destroy() {
    this.#plot.destroy();
  }
}
