using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PixelPipeline.Testing;

internal static class FreePort
{
    // Below the ports that systems give to outgoing connections: one of those could take it before the test does.
    private const int First = 10_000;
    private const int AfterLast = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Taken = new();

    /// <summary>A port of 127.0.0.1 where nothing listens now, and that no other test of this run was given.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, AfterLast);
            if (Taken.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
