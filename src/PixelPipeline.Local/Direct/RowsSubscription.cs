using System.Text.Json;
using Google.Cloud.BigQuery.V2;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PixelPipeline.JavaScript;
using PixelPipeline.Loopback;

namespace PixelPipeline.Local.Direct;

/// <summary>
/// Plays the BigQuery subscription of the direct mode: takes each message where the function would, runs the transform on
/// it and writes the row. A message that the transform throws for is refused, so that it ends among the dead letters.
/// </summary>
internal sealed class RowsSubscription : IAsyncDisposable
{
    private const int MaxRequestBytes = 20_000_000; // 10 MB of data in base64, and what is around it

    private static readonly InsertOptions WithoutIds = new() { AllowEmptyInsertIds = true }; // as Pub/Sub writes: at least once

    private readonly TransformEngine _transform;
    private readonly BigQueryClient _client;
    private readonly string _datasetId;
    private readonly string _tableId;
    private readonly ILogger _log;
    private LoopbackServer? _server;

    private RowsSubscription(PixelTransform transform, BigQueryClient client, string datasetId, string tableId, ILogger log)
    {
        _transform = new TransformEngine(transform);
        _client = client;
        _datasetId = datasetId;
        _tableId = tableId;
        _log = log;
    }

    /// <summary>Starts taking messages.</summary>
    /// <param name="port">1 to 65,535.</param>
    /// <param name="transform">What makes rows of entries.</param>
    /// <param name="client">Where the rows go; it is disposed with the subscription.</param>
    /// <param name="datasetId">The dataset.</param>
    /// <param name="tableId">The one table of all events. It has to be there.</param>
    /// <param name="logs">Where troubles are told; never entries.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="PortUnavailableException">The port is in use or not permitted.</exception>
    public static async Task<RowsSubscription> StartAsync(
        int port, PixelTransform transform, BigQueryClient client, string datasetId, string tableId, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var subscription = new RowsSubscription(transform, client, datasetId, tableId, logs.CreateLogger<RowsSubscription>());
        subscription._server = await LoopbackServer.StartAsync(
            port, logs, kestrel => kestrel.Limits.MaxRequestBodySize = MaxRequestBytes, app => app.MapPost("/", subscription.TakeAsync), cancellationToken);
        return subscription;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _client.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        context.Response.StatusCode = _transform.Run(body.RootElement.GetProperty("message").GetProperty("data").GetBytesFromBase64()) switch
        {
            TransformResult.Row row => await WriteAsync(row, context.RequestAborted),
            TransformResult.Thrown thrown => Refuse(thrown.Reason),
            _ => StatusCodes.Status204NoContent,
        };
    }

    private async Task<int> WriteAsync(TransformResult.Row row, CancellationToken cancellationToken)
    {
        using var values = JsonDocument.Parse(row.Json);
        var insert = new BigQueryInsertRow();
        foreach (var value in values.RootElement.EnumerateObject())
        {
            insert[value.Name] = value.Value.ValueKind == JsonValueKind.String ? value.Value.GetString() : value.Value.GetRawText(); // any value may come as text
        }

        try
        {
            (await _client.InsertRowsAsync(_datasetId, _tableId, [insert], WithoutIds, cancellationToken)).ThrowOnAnyError();
            return StatusCodes.Status204NoContent;
        }
        catch (Exception e) when (e is Google.GoogleApiException or HttpRequestException)
        {
            _log.LogWarning("A row was not taken, so its message comes again: {Cause}", e.Message);
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private int Refuse(string reason)
    {
        _log.LogWarning("The transform refuses a message ({Reason}): after its attempts it is a dead letter", reason);
        return StatusCodes.Status422UnprocessableEntity;
    }
}
