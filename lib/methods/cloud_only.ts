/**
 * Nothing is cached: the cloud serves everybody.
 *
 * @module
 */

import { createCloudOnly } from "../policies/cloud_only.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "cloud-only",
  label: "cloud-only",
  color: "#5B4636",
  create: () => createCloudOnly(),
};

export default method;
