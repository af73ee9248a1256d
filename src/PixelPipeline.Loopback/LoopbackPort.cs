using System.Net;
using System.Net.Sockets;

namespace PixelPipeline.Loopback;

/// <summary>Ports of 127.0.0.1 for processes that cannot choose one by themselves.</summary>
public static class LoopbackPort
{
    /// <summary>A port where nothing listens now.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
