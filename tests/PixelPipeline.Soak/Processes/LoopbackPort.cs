using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PixelPipeline.Soak.Processes;

/// <summary>A port of 127.0.0.1 where nothing listened when it was taken.</summary>
internal readonly record struct LoopbackPort(int Number)
{
    public string Text => Number.ToString(CultureInfo.InvariantCulture);

    public string Host => $"127.0.0.1:{Text}";

    public Uri Root => new($"http://{Host}/");

    public static LoopbackPort Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new LoopbackPort(((IPEndPoint)listener.LocalEndpoint).Port);
    }

    /// <summary>Waits until the port takes connections, or the process that should listen has ended.</summary>
    public async Task WaitUntilListeningAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Number, cancellationToken);
                return;
            }
            catch (SocketException) when (!process.Exited.IsCompleted)
            {
                await Task.Delay(20, cancellationToken); // not yet
            }
            catch (SocketException e)
            {
                throw new InvalidOperationException($"It ended:\n{process.Lines}", e);
            }
        }
    }
}
