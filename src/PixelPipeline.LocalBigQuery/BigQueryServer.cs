using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Copies;
using PixelPipeline.LocalBigQuery.Expiring;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Loads;
using PixelPipeline.LocalBigQuery.Loads.Uploads;
using PixelPipeline.LocalBigQuery.Queries;
using PixelPipeline.LocalBigQuery.Rest;
using PixelPipeline.LocalBigQuery.Rewriting;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Storage;
using PixelPipeline.Loopback;

namespace PixelPipeline.LocalBigQuery;

/// <summary>
/// BigQuery on this machine: the part of its REST API (https://cloud.google.com/bigquery/docs/reference/rest) by which
/// datasets and tables are managed, rows are streamed in, loaded and read, and GoogleSQL queries run, over a SQLite file. Paths
/// work with and without the prefix <c>/bigquery/v2</c>; credentials are neither asked for nor looked at; requests that
/// are not local are refused. An insert is answered once it is on disk. Tables and partitions that have an expiration go
/// within an hour of it.
/// </summary>
public sealed class BigQueryServer : IAsyncDisposable
{
    private readonly Database _database;
    private readonly WriteQueue _writes;
    private readonly StreamingBuffer _buffer;
    private readonly InsertAllRoute _inserts;
    private readonly Expiry _expiry;
    private readonly GoogleSqlEngine _engine;
    private readonly JobRegister _jobs;
    private readonly QueryJobs _queries;
    private readonly LoadJobs _loads;
    private readonly ScratchFolder _uploads;
    private readonly UploadSessions _sessions;
    private LoopbackServer? _server;

    private BigQueryServer(Database database, BigQueryServerOptions options, ILogger log)
    {
        _database = database;
        _writes = new WriteQueue(database);
        _buffer = new StreamingBuffer(options.TimeProvider, options.StreamingBuffer);
        _inserts = new InsertAllRoute(database, _writes, options.TimeProvider, _buffer);
        _expiry = new Expiry(database, _writes, options.TimeProvider, log);
        _engine = new GoogleSqlEngine(database, new ScratchFolder(options.DatabasePath, "columns"), options.TimeProvider);
        _jobs = new JobRegister(database, _writes, options.ResultBytesKept);
        _uploads = new ScratchFolder(options.DatabasePath, "upload");
        _sessions = new UploadSessions(_uploads, options.TimeProvider);
        _loads = new LoadJobs(database, _writes, _jobs, options.TimeProvider, log);
        _queries = new QueryJobs(_jobs, _engine, new StatementRunner(_engine, database, _writes, _buffer, new ScratchFolder(options.DatabasePath, "result"), options.TimeProvider), options.TimeProvider, log);
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => _server!.Port;

    /// <summary>Opens the database and starts listening.</summary>
    /// <param name="options">Where it listens and keeps its data.</param>
    /// <param name="logs">Where failures of the database and the server's own warnings go.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="PortUnavailableException">The port is in use or not permitted.</exception>
    /// <exception cref="InvalidDataException">The file can't be opened or written, is no database, or a newer version of this program made it.</exception>
    public static async Task<BigQueryServer> StartAsync(
        BigQueryServerOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logs);
        var log = logs.CreateLogger<BigQueryServer>();
        var bigQuery = new BigQueryServer(Database.Open(options.DatabasePath), options, log);
        try
        {
            await bigQuery._expiry.StartAsync(cancellationToken);
            bigQuery._server = await LoopbackServer.StartAsync(
                options.Port, logs, Limit, app => bigQuery.Map(app, options, log), cancellationToken);
            return bigQuery;
        }
        catch
        {
            await bigQuery.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes no new connection and lets requests under way end until <paramref name="cancellationToken"/> says so.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server!.StopAsync(cancellationToken);

    /// <summary>Stops listening, commits what was accepted and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        var loaded = _loads.StopAsync();
        _jobs.Dispose();
        await loaded;
        _sessions.Dispose();
        _inserts.Dispose();
        await _expiry.DisposeAsync();
        _engine.Dispose();
        _database.Dispose();
        await _writes.DisposeAsync();
    }

    // The server itself closes the connection on a body over its limit, which a client takes for a failure to retry.
    // Up to this size a body that is too large is read, dropped and answered with 413.
    private static void Limit(KestrelServerOptions kestrel) => kestrel.Limits.MaxRequestBodySize = 8 * JsonBody.MaximumBytes;

    private void Map(WebApplication app, BigQueryServerOptions options, ILogger log)
    {
        app.UseErrorAnswers(log);
        DiscoveryRoutes.Map(app);
        var jobs = new JobRoutes(_jobs, _queries, new TableJobs(_database, _writes, _jobs, options.BucketsFolder, options.TimeProvider, log));
        new UploadRoutes(_uploads, _sessions, _loads, _jobs, jobs).Map(app);
        foreach (var prefix in (string[])["/bigquery/v2", ""])
        {
            var routes = app.MapGroup(prefix);
            new ProjectRoutes(options.ProjectId).Map(routes);
            new DatasetRoutes(_database, _writes, options.TimeProvider).Map(routes);
            new TableRoutes(_database, _writes, options.TimeProvider, _engine, _buffer).Map(routes);
            new TableDataRoutes(_database).Map(routes);
            _inserts.Map(routes);
            jobs.Map(routes);
            new QueryRoutes(_queries).Map(routes);
        }

        app.MapPost(Rewrite.Path, new Rewrite(_writes, _engine, _jobs, options.TimeProvider).RunAsync);
        app.MapFallback("{*path}", context => throw new ApiException(StatusCodes.Status404NotFound, "notFound", "Not found: there is no such method."));
    }
}
