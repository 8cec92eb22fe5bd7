/** The licences of what is shipped, read off the bundle itself, so that none is forgotten. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { kRoot, kWeb } from './paths.mjs';

const kCompiledIn = `Eigen
Mozilla Public License 2.0 (https://www.mozilla.org/MPL/2.0/)

The WebAssembly contains compiled code of Eigen, used unmodified and under the MPL-2.0 alone (built
with EIGEN_MPL2_ONLY). Its source is at https://gitlab.com/libeigen/eigen.

----

Emscripten runtime
MIT License

Copyright (c) 2010-2014 Emscripten authors, see its AUTHORS file.

----

musl libc (in the Emscripten runtime)
MIT License

Copyright (c) 2005-2020 Rich Felker, et al.

----

libc++, libc++abi and compiler-rt (in the Emscripten runtime)
Apache License 2.0 with LLVM Exceptions (https://llvm.org/LICENSE.txt)
`;

/**
 * @param {string[]} inputs the files that went into the bundle, as esbuild names them
 * @returns {Promise<string>}
 */
export async function notices(inputs) {
  const names = new Set(inputs.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  const packages = await Promise.all([...names].sort().map(packageNotice));
  return [
    `Descent\n\n${await readFile(join(kRoot, 'LICENSE'), 'utf8')}`,
    'It contains the following.',
    ...packages,
    kCompiledIn,
  ].map((part) => part.trim()).join('\n\n----\n\n') + '\n';
}

/** @param {string} name */
async function packageNotice(name) {
  const folder = join(kWeb, 'node_modules', name);
  const { version, license, homepage } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} is shipped but has no licence file`);
  const text = (await readFile(join(folder, file), 'utf8')).trim();
  return `${name} ${version}\n${license}${homepage ? `, ${homepage}` : ''}\n\n${text}`;
}
