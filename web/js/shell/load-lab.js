/**
 * The page's part of a lab, fetched when it is first asked for. A new folder in labs/ is
 * found without being listed anywhere.
 * @param {string} id one that the core has
 * @returns {Promise<import('../labs/lab.js').LabModule>}
 */
export async function loadLab(id) {
  const { default: module } = await import(`../labs/${id}/lab.js`);
  return module;
}

/**
 * The chart of a task's result, fetched when there is one to draw.
 * @param {HTMLElement} container
 */
export async function makeTaskChart(container) {
  const { TaskChart } = await import('../panels/task-chart.js');
  return new TaskChart(container);
}
