/**
 * Compiles the native kernels with the C compiler of the system.
 *
 * @module
 */

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../../input/input_error.ts";
