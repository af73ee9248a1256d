using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Jobs;

/// <summary>A job of any kind, from when it is asked for until it is forgotten.</summary>
/// <param name="projectId">In whose name it runs.</param>
/// <param name="id">Its name, unique in the project.</param>
/// <param name="location">Where it runs, which answers repeat and nothing depends on.</param>
/// <param name="configuration">What was asked for, as answers repeat it.</param>
/// <param name="createdMs">Milliseconds since 1970.</param>
internal abstract class Job(string projectId, string id, string location, JsonObject configuration, long createdMs) : IDisposable
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancel = new();
    private volatile JobOutcome? _outcome;

    /// <summary>In whose name it runs.</summary>
    public string ProjectId => projectId;

    /// <summary>Its name, unique in the project.</summary>
    public string Id => id;

    /// <summary>Where it runs, <c>US</c> unless the client said otherwise.</summary>
    public string Location => location;

    /// <summary>What was asked for, as answers repeat it.</summary>
    public JsonObject Configuration => configuration;

    /// <summary>Milliseconds since 1970.</summary>
    public long CreatedMs => createdMs;

    /// <summary>How it ended; null before.</summary>
    public JobOutcome? Outcome => _outcome;

    /// <summary>Why it failed; null when it did not.</summary>
    public ApiException? Failure => _outcome?.Failure;

    /// <summary>Whether it is over.</summary>
    public bool IsDone => _outcome is not null;

    /// <summary>Whether it is to stop.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>How much of the disk its result takes.</summary>
    public virtual long ResultBytes => 0;

    /// <summary>What a list has of it (https://cloud.google.com/bigquery/docs/reference/rest/v2/Job).</summary>
    public virtual JsonObject Summary() => JobResource.Summary(this, _outcome);

    /// <summary>Adds what only its kind has to the statistics.</summary>
    public abstract void AddStatistics(JsonObject statistics);

    /// <summary>Waits until it is over or the time is up.</summary>
    public async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (!IsDone)
        {
            await Task.WhenAny(_done.Task, Task.Delay(time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Asks it to stop, unless it is over.</summary>
    public void Cancel()
    {
        if (!IsDone)
        {
            _cancel.Cancel();
        }
    }

    /// <summary>Tells all who wait that it is over.</summary>
    public void End(JobOutcome outcome)
    {
        _outcome = outcome;
        _done.TrySetResult();
    }

    /// <inheritdoc/>
    public virtual void Dispose() => _cancel.Dispose();

    /// <summary>Asks it to stop once its time is up.</summary>
    protected void CancelAfter(TimeSpan time) => _cancel.CancelAfter(time);
}
