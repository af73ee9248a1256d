using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>Takes the calls of the stand-ins on loopback and hands each to the cloud that it names.</summary>
internal sealed class StandInServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, CloudState> _clouds = new();

    public StandInServer()
    {
        _listener.Start(512);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Add(string id, CloudState cloud) => _clouds[id] = cloud;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Serve(client));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // Disposed: the tests are over.
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        {
            using var stream = new BufferedStream(client.GetStream());
            var cloud = ReadText(stream);
            var folder = ReadText(stream);
            var input = ReadText(stream);
            var count = int.Parse(ReadText(stream), CultureInfo.InvariantCulture);
            var tool = ReadText(stream);
            var words = Enumerable.Range(0, count).Select(_ => ReadText(stream)).ToArray();
            var answer = _clouds[cloud].Run(new Call(tool, words, folder, input));
            stream.Write(Encoding.UTF8.GetBytes($"{answer.Code}\n{answer.Text}"));
            stream.Flush();
        }
    }

    private static string ReadText(Stream stream)
    {
        var bytes = new List<byte>();
        for (var next = stream.ReadByte(); next > 0; next = stream.ReadByte())
        {
            bytes.Add((byte)next);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
