import '@tensorflow/tfjs-backend-cpu';
import { openBackend } from './tfjs.mjs';

/** @type {import('../sizes.mjs').Start} */
export const start = () => openBackend('cpu');
