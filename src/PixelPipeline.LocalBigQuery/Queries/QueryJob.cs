using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Catalog;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>One query, from when it is asked for until its result is dropped.</summary>
internal sealed class QueryJob(string id, QueryRequest request, long createdMs)
    : Job(request.ProjectId, id, "US", request.Configuration, createdMs)
{
    /// <summary>What it came to, once it is done; null when it failed.</summary>
    public StatementOutcome? Statement { get; private set; }

    /// <summary>Its rows, once it is done; null when it failed, was not to run, or has none.</summary>
    public QueryResult? Result => Statement?.Result;

    /// <inheritdoc/>
    public override long ResultBytes => Result?.Bytes ?? 0;

    /// <summary>Runs it to its end, on the thread that calls.</summary>
    public void Run(GoogleSqlEngine engine, StatementRunner runner, TimeProvider time)
    {
        ApiException? failure = null;
        try
        {
            CancelAfter(request.Timeout);
            Statement = new ScriptRun(engine, runner, request, Cancelled).Run();
        }
        catch (GoogleSqlException e)
        {
            failure = QueryFailures.Of(e);
        }
        catch (ApiException e)
        {
            failure = e;
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
        var query = new JsonObject
        {
            ["statementType"] = Statement?.Type ?? "SELECT",
            ["totalBytesProcessed"] = "0",
            ["totalBytesBilled"] = "0",
            ["cacheHit"] = false,
        };
        if (Statement is { } statement)
        {
            AddOutcome(query, statement);
        }

        statistics["query"] = query;
    }

    private static void AddOutcome(JsonObject query, StatementOutcome statement)
    {
        if (statement.Columns is { } columns)
        {
            query["schema"] = QuerySchema.Of(columns);
        }

        query["referencedTables"] = new JsonArray([.. statement.Referenced.Distinct().Select(Reference)]);
        if (statement.Changes is { } changes)
        {
            query["numDmlAffectedRows"] = ResourceJson.Int64(changes.All);
            query["dmlStats"] = new JsonObject
            {
                ["insertedRowCount"] = ResourceJson.Int64(changes.Inserted),
                ["updatedRowCount"] = ResourceJson.Int64(changes.Updated),
                ["deletedRowCount"] = ResourceJson.Int64(changes.Deleted),
            };
        }

        if (statement.Definition is { } definition)
        {
            query["ddlOperationPerformed"] = definition.Operation;
            query["ddlTargetTable"] = Reference(definition.Target);
        }
    }

    private static JsonObject Reference(TablePath path) => new() { ["projectId"] = path.Project, ["datasetId"] = path.Dataset, ["tableId"] = path.Table };

    /// <inheritdoc/>
    public override void Dispose()
    {
        Result?.Dispose();
        base.Dispose();
    }
}
