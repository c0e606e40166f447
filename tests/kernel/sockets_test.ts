import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Address } from "../../lib/kernel/listener.ts";
import {
  connectSocket,
  EchoSocket,
  PublisherSocket,
  RouterSocket,
} from "../../lib/kernel/sockets.ts";
import {
  encodeGreeting,
  encodeMessage,
  encodeReady,
  type Message,
  ZmtpError,
} from "../../lib/kernel/zmtp.ts";
import { wait } from "./samples.ts";

const ANY: Address = { hostname: "127.0.0.1", port: 0 };

const bytes = (text: string) => new TextEncoder().encode(text);
function texts(message: Message | undefined): string[] | undefined {
  const decoder = new TextDecoder();
  return message?.map((frame) => decoder.decode(frame));
}

/** Uses a router while `use` runs. */
async function withRouter(
  use: (router: RouterSocket) => Promise<void>,
  options?: ConstructorParameters<typeof RouterSocket>[1],
): Promise<void> {
  const router = new RouterSocket(ANY, options);
  try {
    await use(router);
  } finally {
    await router.close();
  }
}

/** Sends every message back. */
async function echo(router: RouterSocket): Promise<void> {
  for (let message; (message = await router.receive());) {
    await router.send(message);
  }
}

/** Connects without speaking ZMTP, and speaks. */
async function speak(
  address: Address,
  said: Uint8Array,
): Promise<Deno.TcpConn> {
  const tcp = await Deno.connect(address);
  for (let at = 0; at < said.length;) at += await tcp.write(said.subarray(at));
  return tcp;
}

/** A subscriber that shakes hands, subscribes and never reads. */
async function speakHello(address: Address, type: string, ...said: Message[]) {
  const ready = encodeReady({ type, identity: new Uint8Array() });
  const all = [encodeGreeting(), ready, ...said.map(encodeMessage)];
  return await speak(address, Uint8Array.from(all.flatMap((one) => [...one])));
}

for (const size of [0, 1, 255, 256, 65_535, 65_536, 65_537, 20_000_000]) {
  Deno.test(`frames of ${size} bytes come back over TCP as they were`, async () => {
    await withRouter(async (router) => {
      const done = echo(router);
      const client = await connectSocket("dealer", router.address);
      const frame = new Uint8Array(size).map((_, i) => i * 31 >> 3);
      const message = [frame, bytes("between"), frame.subarray(0, 300)];
      await client.send(message);
      const [first, ...rest] = (await client.receive())!;
      // Comparing millions of bytes one by one takes long.
      assertEquals(first.length, size);
      assert(first.every((byte, i) => byte === frame[i]));
      assertEquals(rest, message.slice(1));
      client.close();
      await router.close();
      await done;
    });
  });
}

Deno.test("a router tells three clients apart, each by its identity, and keeps their order", async () => {
  await withRouter(async (router) => {
    const done = echo(router);
    await Promise.all(["a", "b", ""].map(async (name) => {
      const client = await connectSocket("dealer", router.address, {
        identity: bytes(name),
      });
      for (let i = 0; i < 200; i++) await client.send([bytes(`${name}${i}`)]);
      for (let i = 0; i < 200; i++) {
        assertEquals(texts(await client.receive()), [`${name}${i}`]);
      }
      client.close();
    }));
    await router.close();
    await done;
  });
});

Deno.test("a client that comes again under its name takes its own place", async () => {
  await withRouter(async (router) => {
    const identity = bytes("me");
    const first = await connectSocket("dealer", router.address, { identity });
    await first.send([bytes("1")]);
    assertEquals(texts(await router.receive()), ["me", "1"]);
    const second = await connectSocket("dealer", router.address, { identity });
    await second.send([bytes("2")]);
    assertEquals(texts(await router.receive()), ["me", "2"]);
    await router.send([identity, bytes("answer")]);
    assertEquals(texts(await second.receive()), ["answer"]);
    assertEquals(await first.receive(), undefined);
    await assertRejects(() => first.send([bytes("3")]), ZmtpError, "gone");
    second.close();
  });
});

Deno.test("what a router sends to nobody is dropped", async () => {
  await withRouter(async (router) => {
    await router.send([bytes("nobody"), bytes("hello")]);
    const client = await connectSocket("dealer", router.address);
    await client.send([bytes("1")]);
    const [identity] = (await router.receive())!;
    assertEquals(identity[0], 0);
    client.close();
    await wait(50);
    await router.send([identity, bytes("hello")]);
  });
});

Deno.test("requests to an echo come back, from many clients at once", async () => {
  const heart = new EchoSocket(ANY);
  await Promise.all(["a", "b", "c"].map(async (name) => {
    const client = await connectSocket("req", heart.address);
    for (let i = 0; i < 20; i++) {
      await client.send([bytes(name), bytes(`${i}`)]);
      assertEquals(texts(await client.receive()), [name, `${i}`]);
    }
    client.close();
  }));
  await heart.close();
});

/** Publishes a word until somebody answers it. */
async function publishUntil(
  publisher: PublisherSocket,
  word: string,
  received: Promise<Message | undefined>,
): Promise<Message | undefined> {
  let isReceived = false;
  const done = received.finally(() => isReceived = true);
  while (!isReceived) {
    await publisher.send([bytes(word)]);
    await wait(5);
  }
  return await done;
}

Deno.test("a late subscriber gets what is published from then on, in order", async () => {
  const publisher = new PublisherSocket(ANY);
  await publisher.send([bytes("to nobody")]);
  const first = await connectSocket("sub", publisher.address);
  const early = await publishUntil(publisher, "early", first.receive());
  assertEquals(texts(early), ["early"]);
  const second = await connectSocket("sub", publisher.address);
  await publishUntil(publisher, "late", second.receive());
  for (let i = 0; i < 100; i++) await publisher.send([bytes(`${i}`)]);
  for (const subscriber of [first, second]) {
    const numbers: string[] = [];
    while (numbers.length < 100) {
      const [text] = texts(await subscriber.receive())!;
      if (text !== "early" && text !== "late") numbers.push(text);
    }
    assertEquals(numbers, Array.from({ length: 100 }, (_, i) => `${i}`));
    subscriber.close();
  }
  await publisher.close();
});

Deno.test("subscribers get what begins with a topic of theirs, until they cancel it", async () => {
  const publisher = new PublisherSocket(ANY);
  const frame = (first: number, text: string) =>
    Uint8Array.of(first, ...bytes(text));
  const tcp = await speakHello(
    publisher.address,
    "SUB",
    ...[[frame(1, "ab")], [frame(1, "x")], [frame(0, "x")], [frame(0, "y")]],
  );
  const subscriber = await connectSocket("sub", publisher.address);
  await publishUntil(publisher, "abc", subscriber.receive());
  await wait(50);
  for (const text of ["x", "a", "", "abd"]) await publisher.send([bytes(text)]);
  await publisher.close();
  const said = new TextDecoder("latin1").decode(
    new Uint8Array(await new Response(tcp.readable).arrayBuffer()),
  );
  assert(/SUB|PUB/.test(said));
  assert(said.endsWith("\0\x03abd"), said);
  assert(!said.includes("\0\x01"), said);
  subscriber.close();
});

Deno.test("a subscriber that does not read is disconnected, and the others go on", async () => {
  const publisher = new PublisherSocket(ANY, { peerLimitBytes: 1e6 });
  const stuck = await speakHello(publisher.address, "SUB", [Uint8Array.of(1)]);
  const quick = await connectSocket("sub", publisher.address);
  await publishUntil(publisher, "start", quick.receive());
  const reading = (async () => {
    let count = 0;
    for (let message; (message = await quick.receive());) {
      if (message[0].length === 1e6) count++;
    }
    return count;
  })();
  const large = new Uint8Array(1e6);
  const sent: Promise<void>[] = [];
  for (let i = 0; i < 40; i++) {
    sent.push(publisher.send([large]));
    await wait(5);
  }
  // None of them waits for the one that was stuck.
  await Promise.all(sent);
  await publisher.send([bytes("end")]);
  await publisher.close();
  assertEquals(await reading, 40);
  stuck.close();
});

Deno.test("peers that speak nonsense, or leave in a frame, disturb nobody", async () => {
  await withRouter(async (router) => {
    const done = echo(router);
    const client = await connectSocket("dealer", router.address);
    const hello = (...said: Message[]) =>
      speakHello(router.address, "DEALER", ...said);
    const half = encodeMessage([new Uint8Array(1000)]).subarray(0, 500);
    const strangers = [
      await speak(router.address, bytes("GET / HTTP/1.1\r\n\r\n")),
      await speak(router.address, new Uint8Array(64)),
      await speak(router.address, encodeGreeting().subarray(0, 20)),
      await speakHello(router.address, "SUB"),
      await hello([half]),
    ];
    const leaver = await hello();
    await leaver.write(half);
    leaver.close();
    const liar = await hello();
    await liar.write(Uint8Array.of(2, 255, 255, 255, 255, 255, 255, 255, 255));
    // The router closes the connection of who breaks the protocol.
    await new Response(liar.readable).arrayBuffer();
    await client.send([bytes("still there")]);
    assertEquals(texts(await client.receive()), ["still there"]);
    client.close();
    for (const stranger of strangers) stranger.close();
    await router.close();
    await done;
  });
});

Deno.test("a socket connects as soon as somebody listens, and not before", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const connecting = connectSocket("dealer", { hostname: "127.0.0.1", port });
  await wait(60);
  const router = new RouterSocket({ hostname: "127.0.0.1", port });
  const client = await connecting;
  await client.send([bytes("1")]);
  assertEquals(texts(await router.receive())?.slice(1), ["1"]);
  await router.close();
  assertEquals(await client.receive(), undefined);
  client.close();
});

Deno.test("a signal ends the attempts, also in the middle of a handshake", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const accepted = listener.accept();
  for (const isListening of [true, false]) {
    if (!isListening) listener.close();
    const controller = new AbortController();
    const connecting = connectSocket(
      "dealer",
      { hostname: "127.0.0.1", port },
      {
        signal: controller.signal,
      },
    );
    // Accepted, but not greeted.
    if (isListening) await accepted;
    setTimeout(() => controller.abort(new Error("enough")), 50);
    await assertRejects(() => connecting, Error, "enough");
  }
  (await accepted).close();
});

Deno.test("sends that wait for a peer are rejected when the socket closes", async () => {
  await withRouter(async (router) => {
    const client = await connectSocket("dealer", router.address);
    const large = new Uint8Array(3e7);
    // The router reads no more than it is asked for.
    const sent = [1, 2, 3].map(() => client.send([large]));
    const results = Promise.allSettled(sent);
    await wait(300);
    client.close();
    const states = (await results).map(({ status }) => status);
    assertEquals(states[2], "rejected");
    assertEquals(await client.receive(), undefined);
  });
});
