"""A camera for tests: serves one H.264 film over and over at rtsp://127.0.0.1:PORT/live.

usage: looping_camera.py PORT FILM.h264 FRAMES_PER_SECOND

Prints "ready" once clients can connect. Needs gst-rtsp-server with its Python bindings.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402


def pictures(film):
    """The film's pictures, each with the parameter sets in front of it.

    A picture begins with the slice whose first macroblock is number 0; that number is the first
    code word of the slice header, and 0 is written as a single 1 bit.
    """
    units = [unit.rstrip(b"\x00") for unit in film.split(b"\x00\x00\x01") if unit.strip(b"\x00")]
    found, current, has_slice = [], b"", False
    for unit in units:
        is_slice = unit[0] & 0x1F in (1, 5)
        begins = not is_slice or unit[1] & 0x80
        if has_slice and begins:
            found.append(current)
            current, has_slice = b"", False
        current += b"\x00\x00\x00\x01" + unit
        has_slice = has_slice or is_slice
    return [*found, current]


class LoopingCamera:
    def __init__(self, film, rate):
        self.pictures = pictures(film)
        self.interval = Gst.SECOND // rate
        self.sent = 0

    def configure(self, _factory, media):
        # Each connection that is the first again begins at time 0.
        self.sent = 0
        source = media.get_element().get_child_by_name("camera")
        source.connect("need-data", self.push)

    def push(self, source, _length):
        # Timestamps go on across the loop, as those of a camera do.
        buffer = Gst.Buffer.new_wrapped(self.pictures[self.sent % len(self.pictures)])
        buffer.pts = buffer.dts = self.sent * self.interval
        buffer.duration = self.interval
        self.sent += 1
        source.emit("push-buffer", buffer)


def main():
    port, film, rate = sys.argv[1], sys.argv[2], int(sys.argv[3])
    Gst.init(None)
    with open(film, "rb") as file:
        camera = LoopingCamera(file.read(), rate)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_shared(True)
    factory.set_launch(
        "( appsrc name=camera format=time is-live=true"
        f" caps=video/x-h264,stream-format=byte-stream,alignment=au,framerate={rate}/1"
        " ! h264parse config-interval=1 ! rtph264pay name=pay0 pt=96 )"
    )
    factory.connect("media-configure", camera.configure)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    server.get_mount_points().add_factory("/live", factory)
    if server.attach(None) == 0:
        sys.exit(f"cannot listen on port {port}")
    print("ready", flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
