/**
 * TensorFlow.js by its core: variables, operations and its own Adam, without the layers' overhead.
 * Its batches are tensors made beforehand.
 */
import * as tf from '@tensorflow/tfjs-core';
// The package's builds for Node lack the derivatives, so this file is bundled from its modules.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { kBatches, kRate, normal, timed } from '../sizes.mjs';

/** @param {'cpu' | 'wasm'} backend */
export async function openBackend(backend) {
  tf.enableProdMode();
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js does not start its backend ${backend}`);

  return timed(({ widths, batch }) => {
    const layers = widths.slice(1).map((width, i) => ({
      w: tf.variable(tf.randomNormal([widths[i], width], 0, 1 / Math.sqrt(widths[i]))),
      b: tf.variable(tf.zeros([width])),
    }));
    const last = layers.length - 1;
    const outputs = /** @type {number} */ (widths.at(-1));
    const batches = Array.from({ length: kBatches }, () => ({
      x: tf.randomNormal([batch, widths[0]]),
      y: outputs === 1
        ? tf.tensor2d(Array.from({ length: batch }, () => [normal()]))
        : tf.cast(tf.oneHot(Array.from({ length: batch }, () => Math.floor(outputs * Math.random())), outputs), 'float32'),
    }));
    const optimizer = tf.train.adam(kRate);
    const parameters = layers.flatMap(({ w, b }) => [w, b]);
    let next = 0;
    return () => {
      const { x, y } = batches[next];
      next = (next + 1) % kBatches;
      optimizer.minimize(() => {
        /** @type {import('@tensorflow/tfjs-core').Tensor} */
        let a = x;
        layers.forEach(({ w, b }, l) => {
          const z = tf.add(tf.matMul(a, w), b);
          a = l === last ? z : tf.tanh(z);
        });
        const loss = outputs === 1 ? tf.mul(0.5, tf.mean(tf.squaredDifference(a, y))) : tf.losses.softmaxCrossEntropy(y, a);
        return /** @type {import('@tensorflow/tfjs-core').Scalar} */ (loss);
      }, false, parameters);
    };
  });
}
