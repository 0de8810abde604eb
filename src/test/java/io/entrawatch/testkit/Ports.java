package io.entrawatch.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of this machine that nobody listens on. */
public final class Ports {

    private Ports() {}

    public static int free() throws IOException {
        return freeFrom(0);
    }

    /** The port itself, or the next one that is free; any free one if it is 0. */
    public static int freeFrom(int wanted) throws IOException {
        int port = wanted;
        while (true) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (java.net.BindException e) {
                port++;
            }
        }
    }
}
