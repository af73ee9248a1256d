using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.GoogleCloud.Storage;
using PixelPipeline.Local.Storage;

namespace PixelPipeline.Local.Tests.Storage;

/// <summary>A local Cloud Storage over a folder of its own, and the pipeline's client of it.</summary>
internal sealed class RunningStorage : IAsyncDisposable
{
    public const string Bucket = "log-drop";

    private readonly TempFolder _temp = new();
    private StorageServer _server = null!;

    private RunningStorage()
    {
        Root = Directory.CreateDirectory(Path.Combine(_temp.Path, "bucket")).FullName;
        Folder = new BucketFolder(Root, Bucket, NullLogger.Instance);
    }

    /// <summary>The bucket's folder.</summary>
    public string Root { get; }

    /// <summary>The folder around it, where no request may get.</summary>
    public string Outside => _temp.Path;

    public BucketFolder Folder { get; }

    public HttpClient Http { get; private set; } = null!;

    public CloudStorage Client { get; private set; } = null!;

    public static async Task<RunningStorage> StartAsync()
    {
        var storage = new RunningStorage();
        storage._server = await StorageServer.StartAsync(0, storage.Folder, NullLoggerFactory.Instance, CancellationToken.None);
        storage.Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{storage._server.Port}") };
        storage.Client = CloudStorage.Create($"127.0.0.1:{storage._server.Port}");
        return storage;
    }

    /// <summary>Puts a file into the folder.</summary>
    public void Put(string name, string content)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    /// <summary>Sends a request target as it stands, which no client library would; gives the status line and what follows.</summary>
    public async Task<string> SendRawAsync(string method, string target, string body = "")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Client.Dispose();
        await _server.DisposeAsync();
        _temp.Dispose();
    }
}
