using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Jobs;

namespace PixelPipeline.LocalBigQuery.Copies;

/// <summary>A job that copies tables, or extracts one into a file.</summary>
internal sealed class TableJob(string projectId, string id, string kind, JsonObject configuration, long createdMs)
    : Job(projectId, id, "US", configuration, createdMs)
{
    /// <summary>What it has done, in the words of the statistics; null before.</summary>
    public JsonObject? Done { get; set; }

    /// <inheritdoc/>
    public override void AddStatistics(JsonObject statistics)
    {
        if (Done is not null)
        {
            statistics[kind] = Done.DeepClone();
        }
    }
}
