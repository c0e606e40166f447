/**
 * The fastest engine where a BLAS is installed: the kernels of the wasm engine,
 * and `cblas_sgemm` for the matrix products, in place in the same memory.
 *
 * @module
 */

import { betterCore, fusesMultiplyAdd } from "./blas_kernels.ts";
import {
  type BlasLibrary,
  CORE_VARIABLE,
  coreOf,
  describeBlas,
  openBlasLibrary,
} from "./blas_library.ts";
import { createKernelLearner } from "./kernel_learner.ts";
import type { Matrix } from "./kernel_memory.ts";
import type { ProductBackend } from "./matrix_products.ts";
import { describeNative, openNative } from "./native/open_native.ts";
import type { Engine, EngineOptions } from "../types.ts";

const ROW_MAJOR = 101;
const AS_IS = 111;
const TRANSPOSED = 112;

/**
 * Opens the engine.
 *
 * @throws {Error} If there is no BLAS here or ffi is not permitted.
 */
export async function openBlasEngine(
  { native = true }: EngineOptions = {},
): Promise<Engine> {
  const others = native ? await openNative() : undefined;
  const processor = {
    fuses: fusesMultiplyAdd(),
    hasAvx512: others?.width === 16,
  };
  const coreInstead = (core: string) => betterCore(core, processor);
  const library = openBlasLibrary({ coreInstead });
  const better = coreInstead(coreOf(library) ?? "");
  const complaint = better === undefined
    ? ""
    : ` (kernels older than the processor: ${CORE_VARIABLE}=${better} takes better ones)`;
  const products = blasProducts(library);
  return {
    name: products.name,
    library: [
      describeBlas(library)?.concat(complaint),
      others && describeNative(others),
    ].filter((name) => name !== undefined).join(" and ") || undefined,
    createLearner: (shape) =>
      createKernelLearner(products, shape, others?.onMemory),
  };
}

function blasProducts({ cblas_sgemm }: BlasLibrary): ProductBackend {
  return {
    name: "blas",
    layout: "row-major",
    plan: () => (kernels, memory) => {
      // A pointer object costs more than a small product: each is kept.
      const pointers = new Map<number, Deno.PointerValue>();
      const pointer = ({ address }: Matrix): Deno.PointerValue => {
        let known = pointers.get(address);
        if (known === undefined) {
          const start = new Uint8Array(memory.buffer, address);
          known = Deno.UnsafePointer.of(start);
          pointers.set(address, known);
        }
        return known;
      };
      const multiply = (
        a: Matrix,
        transposeA: number,
        b: Matrix,
        transposeB: number,
        c: Matrix,
        rows: number,
        columns: number,
        inner: number,
      ) =>
        cblas_sgemm(
          ROW_MAJOR,
          transposeA,
          transposeB,
          rows,
          columns,
          inner,
          1,
          pointer(a),
          a.rowStep / 4,
          pointer(b),
          b.rowStep / 4,
          0,
          pointer(c),
          c.rowStep / 4,
        );
      return {
        forward(weights, input, output, states, rectified) {
          multiply(
            weights,
            TRANSPOSED,
            input,
            AS_IS,
            output,
            weights.columns,
            states,
            weights.rows,
          );
          const bytes = output.rows * output.rowStep;
          if (rectified) kernels.rectify(output.address, bytes);
        },
        inputGradient: (weights, byOutput, byInput, states) =>
          multiply(
            weights,
            AS_IS,
            byOutput,
            AS_IS,
            byInput,
            weights.rows,
            states,
            weights.columns,
          ),
        weightGradient: (input, byOutput, byWeights, states) =>
          multiply(
            input,
            AS_IS,
            byOutput,
            TRANSPOSED,
            byWeights,
            input.rows,
            byOutput.rows,
            states,
          ),
      };
    },
  };
}
