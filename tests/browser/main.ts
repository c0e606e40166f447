/**
 * All tests of this folder in one process, which makes one environment for them.
 *
 * @module
 */

import "./executors_test.ts";
import "./notebooks_test.ts";
import "./stop_test.ts";
