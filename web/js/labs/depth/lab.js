import { chartLab } from '../../panels/chart-lab.js';
import { SurfaceChart } from '../../panels/surface-chart.js';

/** Networks that differ in what lies between their layers: how they learn, and layer by layer. */
export default chartLab('depth', {
  main: { kinds: ['trace'], title: 'Training loss', yLabel: 'training loss' },
  tabs: [
    {
      id: 'layers',
      label: 'By layer',
      title: 'Gradient by layer',
      yLabel: 'norm of the gradient, grey at the start',
      rows: { quantity: 'gradients', beside: 'gradientsAtStart', line: 'ghost' },
    },
    {
      id: 'forward',
      label: 'Forward',
      title: 'Signal by layer',
      yLabel: 'root mean square of the units, dashed predicted at the start',
      rows: { quantity: 'signals', beside: 'signalsPredicted', line: 'dashed' },
    },
    {
      id: 'back',
      label: 'Backward',
      title: 'Gradient of the units by layer',
      yLabel: 'root mean square of ∂L/∂a, dashed predicted at the start',
      rows: { quantity: 'backward', beside: 'backwardPredicted', line: 'dashed' },
    },
    {
      id: 'branch',
      label: 'Branch',
      title: 'Branch over stream by layer',
      yLabel: 'branch over stream, dashed predicted at the start',
      rows: { quantity: 'branches', beside: 'branchesPredicted', line: 'dashed' },
    },
  ],
  taskViews: { surface: { makeChart: (container) => new SurfaceChart(container) } },
});
