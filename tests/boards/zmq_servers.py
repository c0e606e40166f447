"""Binds sockets as Jupyter's kernels do, and answers the lab; prints what came.

Argument: the ports of a ROUTER, a PUB and a REP, separated by commas.
"""

import json
import sys

import zmq

context = zmq.Context()


def bind(kind, port):
    socket = context.socket(kind)
    socket.linger = 5000
    # A dead peer is noticed by commands that the lab has to answer.
    socket.heartbeat_ivl = 50
    socket.heartbeat_timeout = 2000
    socket.rcvtimeo = 20_000
    socket.bind(f"tcp://127.0.0.1:{port}")
    return socket


router, publisher, heart = (
    bind(kind, port)
    for kind, port in zip((zmq.ROUTER, zmq.PUB, zmq.REP), sys.argv[1].split(","))
)
request = router.recv_multipart()
router.send_multipart(request)
heart.send(heart.recv())
# Nothing tells a publisher that somebody has subscribed.
poller = zmq.Poller()
poller.register(router, zmq.POLLIN)
while not poller.poll(10):
    publisher.send_multipart([b"news", b"large" * 1_000_000])
goodbye = router.recv_multipart()
print(json.dumps({
    "identities": [request[0].decode(), goodbye[0].decode()],
    "sizes": [len(frame) for frame in request[1:]],
}))
context.destroy()
