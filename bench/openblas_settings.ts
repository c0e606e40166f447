/**
 * What the environment tells OpenBLAS, and whether a comparison heeds it.
 *
 * @module
 */

/** Variables by which OpenBLAS takes other kernels than the processor's. */
export const OPENBLAS_SETTINGS = [
  "OPENBLAS_CORETYPE",
  "OPENBLAS_L2_SIZE",
] as const;

/**
 * Whose kernels OpenBLAS takes in a run: the processor's, or those that the
 * environment names.
 */
export const BLAS_CHOICES = ["processor", "environment"] as const;

/**
 * Takes OpenBLAS's settings out of this process's environment, before anybody
 * opens the library, here or in a child: the libraries of PyTorch and JAX heed no
 * such variable, so that it would slow the blas engine and NumPy alone.
 *
 * @returns What was there, as `name=value`.
 */
export function leaveOutSettings(
  environment: Pick<Deno.Env, "get" | "delete">,
): string[] {
  return OPENBLAS_SETTINGS.flatMap((name) => {
    const value = environment.get(name);
    if (value === undefined) return [];
    environment.delete(name);
    return [`${name}=${value}`];
  });
}
