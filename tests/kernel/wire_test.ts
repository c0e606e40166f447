import { assertEquals, assertThrows } from "@std/assert";
import { KernelError } from "../../lib/kernel/errors.ts";
import { MessageCodec } from "../../lib/kernel/wire.ts";

const encoder = new TextEncoder();
const bytes = (texts: readonly string[]) =>
  texts.map((text) => encoder.encode(text));

/** Signature by `printf '%s' '{"msg_type":"status"}{"msg_id":"7"}{}{"a":1}' |
 * openssl dgst -sha256 -hmac secret`. */
const SIGNED = [
  "route",
  "<IDS|MSG>",
  "80decd8afb30104f296b6bdd133c72c958dea020a2f8336f0f659ce2fffde577",
  '{"msg_type":"status"}',
  '{"msg_id":"7"}',
  "{}",
  '{"a":1}',
];

Deno.test("a message with a right signature is read, whatever is routed before it", () => {
  assertEquals(new MessageCodec("secret", "s").decode(bytes(SIGNED)), {
    type: "status",
    routing: bytes(["route"]),
    header: { msg_type: "status" },
    parentId: "7",
    metadata: {},
    buffers: [],
    content: { a: 1 },
    // The JSON {"a":1}.
    contentBytes: 7,
  });
});

Deno.test("a message that was changed, cut or signed by another key is refused", () => {
  const changed = SIGNED.with(6, '{"a":2}');
  for (
    const [frames, key] of [
      [changed, "secret"],
      [SIGNED.slice(0, -1), "secret"],
      [SIGNED.slice(2), "secret"],
      [SIGNED, "another"],
    ] as const
  ) {
    assertThrows(
      () => new MessageCodec(key, "s").decode(bytes(frames)),
      KernelError,
      "damaged",
    );
  }
});

Deno.test("what is encoded can be decoded and bears identifiers of its own", () => {
  const codec = new MessageCodec("secret", "s");
  const first = codec.encode("execute_request", { code: "α" });
  const second = codec.encode("execute_request", { code: "β" });
  assertEquals([first.id, second.id], ["s-1", "s-2"]);
  assertEquals(codec.decode(first.frames), {
    type: "execute_request",
    routing: [],
    header: JSON.parse(new TextDecoder().decode(first.frames[2])),
    parentId: undefined,
    metadata: {},
    buffers: [],
    content: { code: "α" },
    // The JSON {"code":"β"}, with β as two bytes.
    contentBytes: 13,
  });
});
