import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  decodeCommand,
  decodeReady,
  encodeCommand,
  encodeGreeting,
  encodeMessage,
  encodeReady,
  FrameReader,
  type Message,
  ZmtpError,
} from "../../lib/kernel/zmtp.ts";
import {
  type ByteStream,
  ZmtpConnection,
} from "../../lib/kernel/zmtp_connection.ts";

/** A stream that hands out bytes in pieces that end at the borders. */
class Pieces implements ByteStream {
  readonly written: number[] = [];
  isClosed = false;
  #at = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly borders: readonly number[] = [],
  ) {}

  read(into: Uint8Array): Promise<number | null> {
    if (this.#at === this.bytes.length) return Promise.resolve(null);
    const border = this.borders.find((one) => one > this.#at) ?? Infinity;
    const end = Math.min(border, this.#at + into.length, this.bytes.length);
    into.set(this.bytes.subarray(this.#at, end));
    const count = end - this.#at;
    this.#at = end;
    return Promise.resolve(count);
  }

  /** Takes a few bytes at a time, as a busy system does. */
  write(bytes: Uint8Array): Promise<number> {
    const taken = bytes.subarray(0, 7);
    this.written.push(...taken);
    return Promise.resolve(taken.length);
  }

  close(): void {
    this.isClosed = true;
  }
}

function concat(...pieces: readonly (Uint8Array | readonly number[])[]) {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

const READY = encodeReady({ type: "DEALER", identity: Uint8Array.of(9) });
const HELLO = concat(encodeGreeting(), READY);

/** What a socket receives from a peer that says this after shaking hands. */
async function receiveAll(
  said: Uint8Array,
  borders: readonly number[] = [],
): Promise<Message[]> {
  const stream = new Pieces(concat(HELLO, said), borders);
  const connection = await ZmtpConnection.open(stream, { type: "router" });
  const messages: Message[] = [];
  for (let message; (message = await connection.receive());) {
    messages.push(message);
  }
  assert(stream.isClosed);
  return messages;
}

Deno.test("the greeting and READY are RFC 23's bytes", () => {
  assertEquals(
    encodeGreeting(),
    concat(
      [0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f],
      [3, 0],
      new TextEncoder().encode("NULL"),
      new Uint8Array(16 + 1 + 31),
    ),
  );
  assertEquals(
    new TextDecoder().decode(READY),
    "\x04\x2a\x05READY\x0bSocket-Type\0\0\0\x06DEALER\x08Identity\0\0\0\x01\x09",
  );
});

Deno.test("messages of random frames arrive whole over random borders", async () => {
  const message = fc.array(fc.uint8Array({ maxLength: 600 }), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(fc.asyncProperty(
    fc.array(message, { maxLength: 6 }),
    fc.array(fc.nat(4000), { maxLength: 40 }),
    async (messages, borders) => {
      const said = concat(...messages.map(encodeMessage));
      borders.sort((a, b) => a - b);
      assertEquals(await receiveAll(said, borders), messages);
    },
  ));
});

Deno.test("every cut of a conversation gives its whole messages and no part of one", async () => {
  const messages = [[Uint8Array.of(1, 2)], [
    new Uint8Array(300),
    Uint8Array.of(3),
  ]];
  const parts = messages.map(encodeMessage);
  const said = concat(...parts);
  for (let end = 0; end <= said.length; end++) {
    const whole = end < parts[0].length ? 0 : end < said.length ? 1 : 2;
    assertEquals(
      await receiveAll(said.subarray(0, end)),
      messages.slice(0, whole),
    );
  }
});

Deno.test("frames are short up to 255 bytes, and long above", () => {
  for (
    const [size, head] of [
      [0, [0, 0]],
      [255, [0, 255]],
      [256, [2, 0, 0, 0, 0, 0, 0, 1, 0]],
      [65_536, [2, 0, 0, 0, 0, 0, 1, 0, 0]],
    ] as const
  ) {
    const bytes = encodeMessage([new Uint8Array(size).fill(5)]);
    assertEquals([...bytes.subarray(0, head.length)], [...head]);
    assertEquals(bytes.length, head.length + size);
  }
});

/** Handshakes that must fail, and what is told of them. */
const BAD_HANDSHAKES: Readonly<Record<string, [Uint8Array, string]>> = {
  "a web browser": [
    new TextEncoder().encode("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    "must speak ZMTP 3",
  ],
  "ZMTP 2": [
    concat([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 1], new Uint8Array(60)),
    "must speak ZMTP 3",
  ],
  "a peer with passwords": [
    concat(encodeGreeting().with(12, 80)),
    "mechanism NULL",
  ],
  "a message before READY": [
    concat(encodeGreeting(), encodeMessage([new Uint8Array()])),
    "READY first",
  ],
  "another command before READY": [
    concat(encodeGreeting(), encodeCommand("PING", new Uint8Array(2))),
    "READY first, got PING",
  ],
  "READY that is cut off": [
    concat(encodeGreeting(), encodeCommand("READY", READY.slice(8, -1))),
    "READY is cut off",
  ],
  "a peer of a wrong type": [
    concat(
      encodeGreeting(),
      encodeReady({ type: "SUB", identity: new Uint8Array() }),
    ),
    "must be DEALER or REQ or ROUTER, got SUB",
  ],
};

for (const [what, [bytes, message]] of Object.entries(BAD_HANDSHAKES)) {
  Deno.test(`${what} does not shake hands`, async () => {
    const stream = new Pieces(bytes);
    await assertRejects(
      () => ZmtpConnection.open(stream, { type: "router" }),
      ZmtpError,
      message,
    );
    assert(stream.isClosed);
  });
}

Deno.test("a peer that leaves at any byte of the handshake is told apart from a wrong one", async () => {
  for (let end = 0; end < HELLO.length; end++) {
    const stream = new Pieces(HELLO.subarray(0, end));
    await assertRejects(
      () => ZmtpConnection.open(stream, { type: "router" }),
      Deno.errors.ConnectionReset,
    );
    assert(stream.isClosed);
  }
});

/** Traffic that must end a connection, and what is told of it. */
const BAD_TRAFFIC: Readonly<Record<string, [readonly number[], string]>> = {
  "flags that are not defined": [[8, 0], "must be defined, got 8"],
  "a command in parts": [[5, 0], "must be defined, got 5"],
  "a length beyond all memory": [
    [2, 255, 255, 255, 255, 255, 255, 255, 255],
    "must have up to",
  ],
  "a large command": [[6, 0, 0, 0, 0, 0, 1, 0, 1], "up to 65536 bytes"],
  "a command without a name": [[4, 0], "no whole name"],
  "an error of the peer": [
    [...encodeCommand("ERROR", Uint8Array.of(1, 65))],
    "reported an error",
  ],
};

for (const [what, [bytes, message]] of Object.entries(BAD_TRAFFIC)) {
  Deno.test(`${what}: the connection is closed with an error`, async () => {
    const stream = new Pieces(concat(HELLO, bytes));
    const peer = await ZmtpConnection.open(stream, { type: "router" });
    await assertRejects(() => peer.receive(), ZmtpError, message);
    assert(stream.isClosed);
  });
}

Deno.test("a message of 10,000 frames arrives, one of more does not", async () => {
  const frames = Array.from({ length: 10_001 }, () => new Uint8Array());
  const [most] = await receiveAll(encodeMessage(frames.slice(1)));
  assertEquals(most.length, 10_000);
  await assertRejects(
    () => receiveAll(encodeMessage(frames)),
    ZmtpError,
    "up to 10000 frames",
  );
});

Deno.test("PING is answered by PONG with its context, unknown commands by nothing", async () => {
  const stream = new Pieces(concat(
    HELLO,
    encodeCommand("NEWS", Uint8Array.of(1)),
    encodeCommand("PING", Uint8Array.of(0, 10, 42, 43)),
    encodeMessage([Uint8Array.of(1)]),
  ));
  const peer = await ZmtpConnection.open(stream, { type: "router" });
  assertEquals(await peer.receive(), [Uint8Array.of(1)]);
  const pong = encodeCommand("PONG", Uint8Array.of(42, 43));
  assertEquals(Uint8Array.from(stream.written.slice(-pong.length)), pong);
});

Deno.test("commands and READY survive their encoding, whatever the identity", async () => {
  await fc.assert(fc.asyncProperty(
    fc.uint8Array({ maxLength: 255 }),
    async (identity) => {
      const reader = new FrameReader(
        new Pieces(encodeReady({ type: "REQ", identity })),
      );
      const { body, isCommand } = (await reader.readFrame(0))!;
      const { name, data } = decodeCommand(body);
      assertEquals([isCommand, name], [true, "READY"]);
      assertEquals(decodeReady(data), { type: "REQ", identity });
    },
  ));
  assertThrows(() => decodeCommand(Uint8Array.of(9, 65)), ZmtpError);
});
