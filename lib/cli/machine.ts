/**
 * What something was measured on.
 *
 * @module
 */

import { arch, cpus, platform, release } from "node:os";

/** Processor, cores and operating system. */
export function describeMachine(): Record<string, string | number> {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    architecture: arch(),
    os: `${platform()} ${release()}`,
  };
}
