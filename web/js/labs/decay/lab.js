import { chartLab } from '../../panels/chart-lab.js';

/** Weights over the run of every optimizer; beside them their length and their losses. */
export default chartLab('decay', {
  main: { kinds: ['trace'], title: 'Weights', yLabel: 'weight' },
});
