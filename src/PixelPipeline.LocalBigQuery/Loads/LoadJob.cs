using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Loads.Uploads;

namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>One load, from when its file is here until the database remembers how it ended.</summary>
internal sealed class LoadJob(LoadRequest request, UploadFile file, long createdMs)
    : Job(request.ProjectId, request.JobId, request.Location, request.Configuration, createdMs)
{
    private readonly long _inputBytes = file.ContentLength;

    /// <summary>What was asked for.</summary>
    public LoadRequest Request => request;

    /// <summary>The file, which the job disposes of.</summary>
    public UploadFile File => file;

    /// <summary>What it did; null as long as it is not known.</summary>
    public LoadCounts? Counts { get; set; }

    /// <summary>The rows that do not fit.</summary>
    public LoadErrors RowErrors { get; private set; } = new(request.MaxBadRecords);

    /// <summary>Takes back what an attempt did that came to nothing.</summary>
    public void Restart() => (Counts, RowErrors) = (null, new LoadErrors(request.MaxBadRecords));

    /// <summary>How it ends: with all rows, or for a reason.</summary>
    public JobOutcome OutcomeOf(ApiException? failure, long endedMs) =>
        new(failure, failure is null ? [.. RowErrors.Details] : [failure, .. RowErrors.Details], endedMs);

    /// <inheritdoc/>
    public override void AddStatistics(JsonObject statistics)
    {
        var load = new JsonObject
        {
            ["inputFiles"] = "1",
            ["inputFileBytes"] = ResourceJson.Int64(_inputBytes),
            ["badRecords"] = ResourceJson.Int64(RowErrors.Count),
        };
        if (Counts is { } counts)
        {
            load["outputRows"] = ResourceJson.Int64(counts.Rows);
            load["outputBytes"] = ResourceJson.Int64(counts.Bytes);
        }

        statistics["load"] = load;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        file.Dispose();
        base.Dispose();
    }
}
