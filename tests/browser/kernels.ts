/**
 * The kernels that front ends and executors are tried with.
 *
 * @module
 */

import { labKernelspec } from "../../lib/cli/lab.ts";
import { LAB_KERNEL } from "../../lib/kernel/mod.ts";

/** A kernel as Jupyter starts it. */
export interface TestedKernel {
  /** Name of its kernelspec. */
  readonly name: string;
  /** Its kernelspec, in Jupyter's words. */
  readonly spec: {
    /** Name that people see. */
    readonly display_name: string;
    /** What starts it; `{connection_file}` is replaced. */
    readonly argv: readonly string[];
    /** Language of its cells. */
    readonly language: string;
    /** How it is interrupted; by default by a signal. */
    readonly interrupt_mode?: string;
  };
  /**
   * Whether it is the lab's own, which survives Stop, names every error, helps and
   * loses no output.
   */
  readonly isLabKernel: boolean;
}

const KERNELS: readonly TestedKernel[] = [
  { name: LAB_KERNEL.name, spec: labKernelspec(), isLabKernel: true },
  {
    name: "deno",
    spec: {
      display_name: "Deno",
      argv: [
        ...[Deno.execPath(), "jupyter", "--kernel"],
        ...["--conn", "{connection_file}"],
      ],
      language: "typescript",
    },
    isLabKernel: false,
  },
];

/** The number that an option such as `--runs=10` names. */
export function countOption(name: string, otherwise: number): number {
  const start = `--${name}=`;
  const option = Deno.args.find((one) => one.startsWith(start));
  return option === undefined ? otherwise : Number(option.slice(start.length));
}

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
