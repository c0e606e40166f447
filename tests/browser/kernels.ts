/**
 * The kernels that front ends and executors are tried with.
 *
 * @module
 */

/** A kernel as Jupyter starts it. */
export interface TestedKernel {
  /** Name of its kernelspec. */
  readonly name: string;
  /** Name that people see. */
  readonly displayName: string;
  /** What starts it; `{connection_file}` is replaced. */
  readonly argv: readonly string[];
  /**
   * Whether it is the lab's own, which survives Stop, names every error, helps and
   * loses no output.
   */
  readonly isLabKernel: boolean;
}

const KERNELS: readonly TestedKernel[] = [
  {
    name: "deno",
    displayName: "Deno",
    argv: [
      ...[Deno.execPath(), "jupyter", "--kernel"],
      ...["--conn", "{connection_file}"],
    ],
    isLabKernel: false,
  },
];

/** The kernel that `--kernel=NAME` names; by default the first. */
function findKernel(args: readonly string[]): TestedKernel {
  const option = args.find((one) => one.startsWith("--kernel="));
  const name = option?.slice("--kernel=".length) ?? KERNELS[0].name;
  const kernel = KERNELS.find((one) => one.name === name);
  if (kernel !== undefined) return kernel;
  const names = KERNELS.map((one) => one.name).join(", ");
  throw new Error(`--kernel must be one of ${names}, got ${name}`);
}

/** The kernel of this run. */
export const KERNEL: TestedKernel = findKernel(Deno.args);
