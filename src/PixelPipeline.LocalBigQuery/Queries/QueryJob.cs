using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>One query, from when it is asked for until its result is dropped.</summary>
internal sealed class QueryJob(string id, QueryRequest request, long createdMs)
    : Job(request.ProjectId, id, "US", request.Configuration, createdMs)
{
    /// <summary>Its columns, once it is prepared.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; private set; } = [];

    /// <summary>The tables and views that it names, once it is prepared.</summary>
    public IReadOnlyList<TablePath> Referenced { get; private set; } = [];

    /// <summary>Its rows, once it is done; null when it failed or was not to run.</summary>
    public QueryResult? Result { get; private set; }

    /// <inheritdoc/>
    public override long ResultBytes => Result?.Bytes ?? 0;

    /// <summary>Runs it to its end, on the thread that calls.</summary>
    public void Run(GoogleSqlEngine engine, ScratchFolder folder, TimeProvider time)
    {
        ApiException? failure = null;
        try
        {
            CancelAfter(request.Timeout);
            using var query = engine.Prepare(request.Sql, request.Parameters, request.ProjectId, request.DefaultDataset);
            (Columns, Referenced) = (query.Columns, query.Referenced);
            Result = request.DryRun ? null : QueryResult.Run(query, folder, Cancelled);
        }
        catch (GoogleSqlException e)
        {
            failure = QueryFailures.Of(e);
        }
        catch (OperationCanceledException)
        {
            failure = QueryFailures.Stopped(request.Timeout);
        }

        var ended = time.GetUtcNow().ToUnixTimeMilliseconds();
        End(failure is null ? new JobOutcome(null, [], ended) : JobOutcome.Failed(failure, ended));
    }

    /// <inheritdoc/>
    public override void AddStatistics(JsonObject statistics)
    {
        statistics["totalBytesProcessed"] = "0";
        statistics["query"] = new JsonObject
        {
            ["statementType"] = "SELECT",
            ["totalBytesProcessed"] = "0",
            ["totalBytesBilled"] = "0",
            ["cacheHit"] = false,
            ["schema"] = QuerySchema.Of(Columns),
            ["referencedTables"] = new JsonArray([.. Referenced.Distinct().Select(t => new JsonObject
            {
                ["projectId"] = t.Project,
                ["datasetId"] = t.Dataset,
                ["tableId"] = t.Table,
            })]),
        };
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Result?.Dispose();
        base.Dispose();
    }
}
