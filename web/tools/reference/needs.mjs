/** What an optimizer asks of the loss, in words. */
import { count } from './html.mjs';

/** @typedef {import('./catalogue.mjs').Measured} Measured */

/** The core measures on a matrix of this many parameters (cpp/src/core/measured.cpp). */
export const kProbeSize = 48;

/** @param {Measured} measured */
export function needs({ gradients, values, products, usesBlocks }) {
  return [
    gradients > 0 && 'gradient',
    values > 0 && 'value',
    products >= kProbeSize ? 'whole Hessian' : products > 0 && 'Hessian-vector products',
    usesBlocks && 'matrix blocks',
  ].filter(Boolean).join(', ');
}

/** @param {Measured} measured */
export function costs({ values, products }) {
  const parts = [values > 0 && `${count(values)} values`, products > 0 && `${ofHessian(products)} products with the Hessian`].filter(Boolean);
  return parts.length ? ` <small>(${parts.join(' and ')} a step)</small>` : '';
}

/** @param {number} products */
export const ofHessian = (products) => (products >= kProbeSize ? '<i class="symbol">N</i>' : count(products));
