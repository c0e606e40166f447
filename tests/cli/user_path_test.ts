import { assertEquals } from "@std/assert";
import {
  formatLaunch,
  ownArguments,
  readLaunch,
} from "../../lib/cli/launched.ts";
import { isName, pathForUser, userPath } from "../../lib/cli/user_path.ts";

const inStudy = { root: "/lab", folder: "/lab/study" };

Deno.test("a path leads from where the user stands", () => {
  const paths = {
    "world.json": "study/world.json",
    "./world.json": "study/world.json",
    "../world.json": "world.json",
    "../world": "./world",
    "../../lab/data": "./data",
    "../../world.json": "/world.json",
    "..": ".",
    "..world.json": "study/..world.json",
    "/lab/world.json": "/lab/world.json",
    "-": "-",
    "": "",
  };
  for (const [path, expected] of Object.entries(paths)) {
    assertEquals(userPath(path, inStudy), expected, path);
  }
  const outside = { root: "/lab", folder: "/home/me" };
  assertEquals(userPath("world.json", outside), "/home/me/world.json");
});

Deno.test("in the root of the checkout, and without launcher, a path stays as it is", () => {
  for (const path of ["world.json", "./world", "a/../b", "/x", "-"]) {
    assertEquals(userPath(path, { root: "/lab", folder: "/lab" }), path);
    assertEquals(userPath(path), path);
    assertEquals(pathForUser(path), path);
  }
});

Deno.test("a path of the checkout is shown as the user would write it", () => {
  const paths = {
    "study/world.json": "world.json",
    "data/best.json": "../data/best.json",
    "study/world": "./world",
    "/elsewhere/world.json": "/elsewhere/world.json",
    "-": "-",
  };
  for (const [path, expected] of Object.entries(paths)) {
    assertEquals(pathForUser(path, inStudy), expected, path);
    if (!path.includes("elsewhere")) {
      assertEquals(userPath(expected, inStudy), path);
    }
  }
});

Deno.test("only words are names", () => {
  for (const word of ["paper", "fig06", "a-b_c"]) {
    assertEquals(isName(word), true);
  }
  for (const path of ["-", "./paper", "paper.json", "a/b", ""]) {
    assertEquals(isName(path), false, path);
  }
});

Deno.test("a launch is told in front of the arguments, whatever the folder is called", () => {
  const launch = { launcher: 12, folder: "/a b/,--x=\n1" };
  const args = [formatLaunch(launch), "td3", "--seed", "1"];
  assertEquals(readLaunch(args), launch);
  assertEquals(ownArguments(args), ["td3", "--seed", "1"]);
  for (const own of [[], ["td3"], ["--launched-by=x"], ["a", args[0]]]) {
    assertEquals(readLaunch(own), undefined);
    assertEquals(ownArguments(own), own);
  }
});
