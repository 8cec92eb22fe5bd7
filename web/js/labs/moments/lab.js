import { chartLab } from '../../panels/chart-lab.js';

/** A stream of gradients and what is remembered of it; beside it, the steps that are taken. */
export default chartLab('moments', {
  main: { kinds: ['trace'], title: 'Gradient and moments', yLabel: 'gradient and moments' },
  tabs: [
    { id: 'weights', label: 'Weights', kinds: ['weights'], title: 'Weights of past gradients', yLabel: '' },
  ],
});
