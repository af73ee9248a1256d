using System.Net;
using System.Net.Sockets;

namespace PixelPipeline.Testing;

internal static class FreePort
{
    /// <summary>A port of 127.0.0.1 where nothing listens now.</summary>
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
