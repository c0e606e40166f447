/**
 * JupyterLab's server.
 *
 * @module
 */

import { join } from "node:path";
import { waitFor } from "../programs/program_folder.ts";
import type { Jupyter } from "./jupyter.ts";

/** Where a server answers. */
export interface JupyterLab {
  /** The address of a notebook, in a workspace of its own. */
  addressOf(path: string): string;
}

/** A port that is free now; the system hands out others for a while. */
function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

/** How the server describes itself in its runtime folder, once it listens. */
async function findServer(
  folder: string,
): Promise<{ url: string; token: string } | undefined> {
  const names = await Array.fromAsync(Deno.readDir(folder))
    .catch(() => []);
  const file = names.find(({ name }) => /^jpserver-\d+\.json$/.test(name));
  if (file === undefined) return undefined;
  try {
    return JSON.parse(await Deno.readTextFile(join(folder, file.name)));
  } catch {
    // It is being written.
    return undefined;
  }
}

/** Starts JupyterLab in the checkout of `jupyter`, which ends it. */
export async function startJupyterLab(jupyter: Jupyter): Promise<JupyterLab> {
  const server = jupyter.start(
    ...["jupyterlab", "jupyterlab", "--no-browser", "--allow-root"] as const,
    `--ServerApp.root_dir=${jupyter.checkout}`,
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.port=${freePort()}`,
    `--IdentityProvider.token=${crypto.randomUUID()}`,
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    // Else the server itself drops outputs of more than 1 MB a second.
    "--ZMQChannelsWebsocketConnection.limit_rate=False",
  );
  let hasEnded = false;
  server.status.then(() => hasEnded = true);
  const { url, token } = await waitFor(async () => {
    if (hasEnded) {
      throw new Error(
        `JupyterLab ended:\n${await jupyter.logOf("jupyterlab")}`,
      );
    }
    return await findServer(jupyter.runtime);
  }, { what: "JupyterLab listens", limitS: 120 });
  let opened = 0;
  return {
    addressOf: (path) =>
      `${url}lab/workspaces/test${++opened}/tree/${path}?token=${token}`,
  };
}
