using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PixelPipeline.Loopback;

namespace PixelPipeline.Local.Storage;

/// <summary>
/// Cloud Storage on this machine: the part of its JSON API (<see href="https://cloud.google.com/storage/docs/json_api"/>)
/// by which objects are listed, read and written whole, over one folder as one bucket. Credentials are neither asked for
/// nor looked at; requests that are not local are refused. An upload is answered once it is on disk.
/// </summary>
internal sealed class StorageServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    private StorageServer(LoopbackServer server) => _server = server;

    /// <summary>The port of 127.0.0.1 that it listens on.</summary>
    public int Port => _server.Port;

    /// <summary>Starts listening.</summary>
    /// <param name="port">1 to 65,535; 0 takes a free one.</param>
    /// <param name="folder">The bucket.</param>
    /// <param name="logs">Where failures and the server's own warnings go.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="PortUnavailableException">The port is in use or not permitted.</exception>
    public static async Task<StorageServer> StartAsync(int port, BucketFolder folder, ILoggerFactory logs, CancellationToken cancellationToken) =>
        new(await LoopbackServer.StartAsync(
            port,
            logs,
            kestrel => kestrel.Limits.MaxRequestBodySize = null, // an upload goes to the disk piece by piece
            app => Map(app, folder, logs.CreateLogger<StorageServer>()),
            cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Map(WebApplication app, BucketFolder folder, ILogger log)
    {
        app.UseStorageErrorAnswers(log);
        new ObjectRoutes(folder).Map(app);
        app.MapFallback("{*path}", context => throw new StorageException(StatusCodes.Status404NotFound, "notFound", "Not found: there is no such method."));
    }
}
