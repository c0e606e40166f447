/**
 * The checks of a method in a process of their own, which may be killed: reads what
 * is to be checked from its argument, prints lines of JSON. `checkMethod` starts it;
 * people use `deno task check:method`.
 *
 * @module
 */

import {
  type ChecksConfig,
  runChecks,
} from "../trials/check_method/run_checks.ts";
import { endWithParent } from "./signals.ts";

if (import.meta.main) {
  // No runMain, which exits: that the process ends by itself is what shows that the
  // method has left nothing open.
  endWithParent();
  const { log } = console;
  const config = JSON.parse(Deno.args[0]) as ChecksConfig;
  await runChecks(config, {
    clock: () => performance.now(),
    send: (message) => {
      const text = JSON.stringify(message);
      // The method may print, too, and leave a line open.
      const inBetween = message.type === "call" || message.type === "world";
      log(inBetween ? text : `\n${text}`);
    },
  });
  // Once is enough.
  if (config.part === "fingerprint") Deno.exit(0);
}
