using PixelPipeline.Local.BigQuery.Rest;
using PixelPipeline.Local.BigQuery.Sql;
using PixelPipeline.Local.BigQuery.Sql.Catalog;

namespace PixelPipeline.Local.BigQuery.Queries;

/// <summary>One query, from when it is asked for until its result is dropped.</summary>
internal sealed class QueryJob(string id, QueryRequest request, long createdMs) : IDisposable
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancel = new();

    /// <summary>Its name, unique in the project.</summary>
    public string Id => id;

    /// <summary>What was asked for.</summary>
    public QueryRequest Request => request;

    /// <summary>Milliseconds since 1970.</summary>
    public long CreatedMs => createdMs;

    /// <summary>When it ended; null before.</summary>
    public long? EndedMs { get; private set; }

    /// <summary>Its columns, once it is prepared.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; private set; } = [];

    /// <summary>The tables and views that it names, once it is prepared.</summary>
    public IReadOnlyList<TablePath> Referenced { get; private set; } = [];

    /// <summary>Its rows, once it is done; null when it failed or was not to run.</summary>
    public QueryResult? Result { get; private set; }

    /// <summary>Why it failed; null when it did not.</summary>
    public ApiException? Failure { get; private set; }

    /// <summary>Whether it is over.</summary>
    public bool IsDone => _done.Task.IsCompleted;

    /// <summary>Waits until it is over or the time is up.</summary>
    public async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (!IsDone)
        {
            await Task.WhenAny(_done.Task, Task.Delay(time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Asks it to stop.</summary>
    public void Cancel() => _cancel.Cancel();

    /// <summary>Runs it to its end, on the thread that calls.</summary>
    public void Run(GoogleSqlEngine engine, TimeProvider time)
    {
        try
        {
            _cancel.CancelAfter(request.Timeout);
            using var query = engine.Prepare(request.Sql, request.Parameters, request.ProjectId, request.DefaultDataset);
            (Columns, Referenced) = (query.Columns, query.Referenced);
            Result = request.DryRun ? null : QueryResult.Run(query, _cancel.Token);
        }
        catch (GoogleSqlException e)
        {
            Failure = QueryFailures.Of(e);
        }
        catch (OperationCanceledException)
        {
            Failure = QueryFailures.Stopped(request.Timeout);
        }
        finally
        {
            EndedMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            _done.TrySetResult();
        }
    }

    /// <summary>Ends it for a reason that is not the statement's.</summary>
    public void Fail(ApiException failure)
    {
        Failure ??= failure;
        _done.TrySetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Result?.Dispose();
        _cancel.Dispose();
    }
}
