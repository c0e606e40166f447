import { assert, assertEquals } from "@std/assert";
import {
  connectSocket,
  EchoSocket,
  PublisherSocket,
  RouterSocket,
} from "../../lib/kernel/sockets.ts";
import { newConnectionInfo } from "../../lib/kernel/connection.ts";
import { testWithPython } from "./with_python.ts";

const ANY = { hostname: "127.0.0.1", port: 0 };

const bytes = (text: string) => new TextEncoder().encode(text);

testWithPython(
  "ZeroMQ's clients get every message of the lab's sockets, and theirs arrive",
  async (python) => {
    const router = new RouterSocket(ANY);
    const publisher = new PublisherSocket(ANY);
    const heart = new EchoSocket(ANY);
    const echoing = (async () => {
      for (let message; (message = await router.receive());) {
        await router.send(message);
      }
    })();
    const timer = setInterval(() => {
      for (const topic of ["today", "tomorrow", "yesterday"]) {
        publisher.send([bytes(topic), bytes("sunny")]);
      }
    }, 10);
    try {
      const ports = [router, publisher, heart].map((one) => one.address.port);
      assertEquals(await python.read("zmq_clients.py", ports.join()), {
        answers: ["0", "1", "2"],
        whole: true,
        topics: ["today", "tomorrow"],
        beats: Array.from({ length: 20 }, (_, i) => `${i}`),
      });
    } finally {
      clearInterval(timer);
      await Promise.all([router, publisher, heart].map((one) => one.close()));
      await echoing;
    }
  },
);

testWithPython(
  "the lab's sockets get every message of ZeroMQ's, and theirs arrive",
  async (python) => {
    const { shell_port, iopub_port, hb_port } = newConnectionInfo();
    const ports = [shell_port, iopub_port, hb_port];
    const reading = python.read("zmq_servers.py", ports.join());
    const signal = AbortSignal.timeout(20_000);
    const identity = bytes("me");
    const [dealer, subscriber, beat] = await Promise.all(
      (["dealer", "sub", "req"] as const).map((type, i) =>
        connectSocket(type, { ...ANY, port: ports[i] }, { identity, signal })
      ),
    );
    const sizes = [0, 1, 255, 256, 65_536, 20_000_000];
    const request = sizes.map((size) => new Uint8Array(size).fill(7));
    await dealer.send(request);
    const answer = (await dealer.receive())!;
    assertEquals(answer.map(({ length }) => length), sizes);
    assert(answer.every((frame) => frame.every((byte) => byte === 7)));
    await beat.send([bytes("alive")]);
    assertEquals(await beat.receive(), [bytes("alive")]);
    const [topic, large] = (await subscriber.receive())!;
    assertEquals(topic, bytes("news"));
    assertEquals(large.length, 5_000_000);
    // Once Python has ended, every socket ends by itself.
    const ends = Promise.all([
      dealer.receive(),
      beat.receive(),
      (async () => {
        while (await subscriber.receive());
      })(),
    ]);
    // Long enough for a peer that answers no PING to be dropped.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await dealer.send([bytes("goodbye")]);
    assertEquals(await reading, { identities: ["me", "me"], sizes });
    await ends;
    for (const socket of [dealer, subscriber, beat]) socket.close();
  },
);
