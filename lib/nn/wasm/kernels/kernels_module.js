// @ts-self-types="./kernels_module.d.ts"
/**
 * The compiled kernels. TypeScript cannot parse `import source` yet, so this
 * one line stands in a JavaScript file of its own.
 *
 * @module
 */

import source kernelsModule from "./kernels.wasm";
export { kernelsModule };
