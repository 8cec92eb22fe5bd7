/**
 * ConvNetJS. Its published trainer has no Adam; plain SGD is the cheapest of those that it has.
 * It reads its examples where they are.
 */
import { createRequire } from 'node:module';
import { kBatches, kRate, normal, timed } from '../sizes.mjs';

const convnet = createRequire(import.meta.url)('convnetjs');

/** @type {import('../sizes.mjs').Start} */
export const start = async () => timed(open);

/** @param {import('../sizes.mjs').Size} size */
function open({ widths, batch }) {
  const [inputs, ...rest] = widths;
  const outputs = /** @type {number} */ (rest.pop());
  const net = new convnet.Net();
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: inputs },
    ...rest.map((width) => ({ type: 'fc', num_neurons: width, activation: 'tanh' })),
    outputs === 1 ? { type: 'regression', num_neurons: 1 } : { type: 'softmax', num_classes: outputs },
  ]);
  const trainer = new convnet.Trainer(net, { method: 'sgd', momentum: 0, learning_rate: kRate, batch_size: batch });
  const examples = Array.from({ length: kBatches * batch }, () => ({
    x: new convnet.Vol(Array.from({ length: inputs }, normal)),
    y: outputs === 1 ? [normal()] : Math.floor(outputs * Math.random()),
  }));
  let next = 0;
  return () => {
    for (let i = 0; i < batch; ++i) {
      const { x, y } = examples[next];
      trainer.train(x, y);
      next = (next + 1) % examples.length;
    }
  };
}
