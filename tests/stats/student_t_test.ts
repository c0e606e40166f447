import { assert, assertEquals, assertThrows } from "@std/assert";
import { studentTQuantile } from "../../lib/stats/student_t.ts";

/**
 * Quantiles by mpmath 1.3 at 45 to 350 digits: Newton's method on the tail, which is
 * the hypergeometric function up to 10,000 degrees of freedom and an integral of the
 * density beyond.
 */
const QUANTILES: [probability: number, degreesOfFreedom: number, t: number][] =
  [
    [0.5000000001, 1, 3.1415929135263347e-10],
    [0.975, 1, 12.706204736174692],
    [1e-20, 1, -3.1830988618379067e19],
    [1e-300, 1, -3.1830988618379066e299],
    [0.5000000001, 2, 2.8284273587713e-10],
    [0.975, 2, 4.302652729749462],
    [1e-20, 2, -7071067811.865476],
    [1e-300, 2, -7.071067811865475e149],
    [0.5000000001, 3, 2.7206992714629753e-10],
    [0.975, 3, 3.182446305283708],
    [1e-20, 3, -4795275.720468973],
    [1e-300, 3, -1.033110836044653e100],
    [0.5000000001, 30, 2.527600435257939e-10],
    [0.975, 30, 2.0422724563012378],
    [1e-20, 30, -22.658878371940183],
    [1e-300, 30, -50178575360.50508],
    [0.5000000001, 200, 2.5097637136813146e-10],
    [0.975, 200, 1.971896223633909],
    [1e-20, 200, -10.365731871756134],
    [1e-300, 200, -439.0765265831534],
    [0.5000000001, 201, 2.5097481059406725e-10],
    [0.975, 201, 1.9718365067798589],
    [1e-20, 201, -10.35972122991098],
    [1e-300, 201, -432.6990509226573],
    [0.5000000001, 99999, 2.506634748672059e-10],
    [0.975, 99999, 1.9599877077718444],
    [1e-20, 99999, -9.264350196384173],
    [1e-300, 99999, -37.17467194488126],
    [0.5000000001, 100000, 2.506634748609392e-10],
    [0.975, 100000, 1.9599877075346093],
    [1e-20, 100000, -9.264350176279423],
    [1e-300, 100000, -37.174670665466515],
    [0.5000000001, 1e6, 2.5066291086875526e-10],
    [0.975, 1e6, 1.9599663568141068],
    [1e-20, 1e6, -9.262541065291659],
    [1e-300, 1e6, -37.05982087277469],
    [0.5000000001, 1e12, 2.5066284820309805e-10],
    [0.975, 1e12, 1.9599639845424262],
    [1e-20, 1e12, -9.262340089999379],
    [1e-300, 1e12, -37.047096312082424],
  ];

Deno.test("quantiles of Student's t have 12 digits from 1 to 1e12 degrees of freedom, near 1/2 and far out", () => {
  for (const [probability, degreesOfFreedom, expected] of QUANTILES) {
    const t = studentTQuantile(probability, degreesOfFreedom);
    const error = Math.abs(t - expected) / Math.abs(expected);
    assert(error < 1e-12, `${probability}, ${degreesOfFreedom}: ${t}`);
  }
});

Deno.test("quantiles of Student's t are the normal quantile at any greater number of degrees of freedom", () => {
  // Abramowitz and Stegun, Table 26.6, and mpmath's erfinv.
  for (const degreesOfFreedom of [1e15, 1e100, Number.MAX_VALUE]) {
    const t = studentTQuantile(0.975, degreesOfFreedom);
    assert(Math.abs(t - 1.9599639845400543) < 1e-12, `${t}`);
    assertEquals(studentTQuantile(0.5, degreesOfFreedom), 0);
  }
});

Deno.test("methods of computing quantiles of Student's t agree where they meet", () => {
  for (const edge of [200, 100_000]) {
    for (const probability of [0.3, 0.975, 1e-12, 1e-200]) {
      const below = studentTQuantile(probability, edge * (1 - 1e-15));
      const above = studentTQuantile(probability, edge * (1 + 1e-15));
      assert(Math.abs(above / below - 1) < 1e-12, `${edge}, ${probability}`);
    }
  }
});

Deno.test("a quantile beyond the largest number is refused by name", () => {
  // 1 / (π · 5e-324) = 6e322.
  assertThrows(
    () => studentTQuantile(5e-324, 1),
    RangeError,
    "Cannot take a quantile of Student's t: the quantile must be a finite number, got Infinity",
  );
});
