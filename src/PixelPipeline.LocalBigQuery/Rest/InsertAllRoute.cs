using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Inserts;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary><c>tabledata.insertAll</c> (https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll).</summary>
internal sealed class InsertAllRoute(Database database, WriteQueue writes, TimeProvider time, StreamingBuffer buffer) : IDisposable
{
    private const int MaximumAttempts = 5;

    private readonly InsertMemoryBudget _budget = new();
    private readonly InsertCommit _commit = new(time, buffer);

    /// <summary>Adds the endpoint.</summary>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/projects/{project}/datasets/{dataset}/tables/{table}/insertAll", InsertAllAsync);

    /// <inheritdoc/>
    public void Dispose() => _budget.Dispose();

    private async Task InsertAllAsync(HttpContext context)
    {
        var address = TableAddress.Of(context);
        using var memory = await _budget.AcquireAsync(context.Request);
        using var body = await JsonBody.ReadAsync(context.Request);
        var errors = await InsertAsync(address, InsertAllRequest.Parse(body.RootElement), context.RequestAborted);
        await context.WriteJsonAsync(StatusCodes.Status200OK, writer => Write(writer, errors));
    }

    private async Task<List<RowError>> InsertAsync(TableAddress address, InsertAllRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            var target = database.Read(session => InsertTarget.Find(session, address, request.TemplateSuffix));
            var batch = RowBatch.Encode(request, target.Schema);
            if (batch.Rows.Count == 0
                || await writes.RunAsync(session => _commit.TryApply(session, target, batch.Rows), cancellationToken))
            {
                return batch.Errors;
            }
        }

        throw ApiException.Unavailable(); // the table was deleted and made anew each time
    }

    private static void Write(Utf8JsonWriter writer, List<RowError> errors)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", "bigquery#tableDataInsertAllResponse");
        if (errors.Count > 0)
        {
            writer.WriteStartArray("insertErrors");
            errors.ForEach(error => WriteError(writer, error));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter writer, RowError error)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", error.Index);
        writer.WriteStartArray("errors");
        writer.WriteStartObject();
        writer.WriteString("reason", error.Reason);
        writer.WriteString("location", error.Location);
        writer.WriteString("debugInfo", "");
        writer.WriteString("message", error.Message);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
