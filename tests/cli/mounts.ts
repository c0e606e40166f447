/**
 * Scripts that mount file systems of their own.
 *
 * @module
 */

/** Runs a script that may mount file systems, which nobody else sees. */
export async function runMounting(
  script: string,
  env: Record<string, string> = {},
  cwd?: string,
) {
  const { code, stdout, stderr } = await new Deno.Command("unshare", {
    args: ["--user", "--map-root-user", "--mount", "sh", "-c", script],
    env,
    ...cwd === undefined ? {} : { cwd },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

/** Whether this system lets tests mount file systems. */
export async function canMount(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  try {
    const { code } = await runMounting("mount -t tmpfs none /mnt");
    return code === 0;
  } catch {
    return false;
  }
}
