/**
 * The networks that are compared, in the order of kSetups in cpp/bench/networks.cpp: tanh units;
 * half the squared error of one output, the cross-entropy of a softmax of ten.
 * @typedef {{ name: string, widths: number[], batch: number }} Size
 *
 * An engine starts, and then says how many training steps a second it takes of the network at an
 * index, over at least so many milliseconds. A later call goes on with the same run.
 * @typedef {(index: number, milliseconds: number) => number} Rate
 * @typedef {() => Promise<Rate>} Start
 */

/** @type {Size[]} */
export const kSizes = [
  { name: '2-8-8-1', widths: [2, 8, 8, 1], batch: 10 },
  { name: '2-64-64-1', widths: [2, 64, 64, 1], batch: 256 },
  { name: '64-256-256-10', widths: [64, 256, 256, 10], batch: 128 },
];

/** Batches of an epoch. */
export const kBatches = 10;

export const kRate = 0.001;

/** A number from N(0, 1) (Box & Muller 1958). */
export const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

/**
 * The rate of what makes for a size the function that takes a step.
 * @param {(size: Size) => () => void} open
 * @returns {Rate}
 */
export function timed(open) {
  const steps = /** @type {(() => void)[]} */ ([]);
  return (index, milliseconds) => {
    const step = (steps[index] ??= open(kSizes[index]));
    const begin = performance.now();
    let spent = 0;
    let count = 0;
    do {
      step();
      ++count;
      spent = performance.now() - begin;
    } while (spent < milliseconds);
    return (1000 * count) / spent;
  };
}
