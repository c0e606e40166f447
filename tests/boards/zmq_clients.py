"""Talks with sockets of the lab as Jupyter's clients do; prints what came back.

Argument: the ports of a ROUTER that echoes, of a PUB that repeats itself, and of
a REP that echoes, separated by commas.
"""

import json
import sys

import zmq

router, publisher, heart = sys.argv[1].split(",")
context = zmq.Context()


def connect(kind, port, identity=None):
    socket = context.socket(kind)
    socket.linger = 0
    socket.rcvtimeo = 20_000
    if identity:
        socket.identity = identity
    socket.connect(f"tcp://127.0.0.1:{port}")
    return socket


sizes = [0, 1, 255, 256, 65_536, 20_000_000]
frames = [bytes([i + 1]) * size for i, size in enumerate(sizes)]
clients = [connect(zmq.DEALER, router, name) for name in (b"one", b"two", None)]
for i, client in enumerate(clients):
    client.send_multipart([str(i).encode(), *frames])
answers = [client.recv_multipart() for client in clients]

subscriber = connect(zmq.SUB, publisher)
subscriber.subscribe(b"to")
topics = {subscriber.recv_multipart()[0].decode() for _ in range(20)}

beat = connect(zmq.REQ, heart)
beats = []
for i in range(20):
    beat.send(str(i).encode())
    beats.append(beat.recv().decode())

print(json.dumps({
    "answers": [answer[0].decode() for answer in answers],
    "whole": all(answer[1:] == frames for answer in answers),
    "topics": sorted(topics),
    "beats": beats,
}))
