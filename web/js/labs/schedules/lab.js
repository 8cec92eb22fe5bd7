import { chartLab } from '../../panels/chart-lab.js';

/** The curves of the rate over a run; below, the run that each of them drives. */
export default chartLab('schedules', {
  main: { kinds: ['curve'], title: 'Factor of the rate', yLabel: 'factor of the rate' },
});
