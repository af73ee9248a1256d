using System.Globalization;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Jobs;

/// <summary>A job that is done, as the database remembers it.</summary>
internal sealed class StoredJob : Job
{
    private readonly JsonObject _resource;

    private StoredJob(JsonObject resource)
        : base(
            (string)resource["jobReference"]!["projectId"]!,
            (string)resource["jobReference"]!["jobId"]!,
            (string)resource["jobReference"]!["location"]!,
            resource["configuration"]!.AsObject(),
            Milliseconds(resource, "creationTime"))
    {
        _resource = resource;
        End(new JobOutcome(null, [], Milliseconds(resource, "endTime")));
    }

    /// <summary>Reads its stored resource.</summary>
    public static StoredJob Of(string resource) => new(JsonNode.Parse(resource)!.AsObject());

    /// <inheritdoc/>
    public override JsonObject Summary() => _resource.DeepClone().AsObject();

    /// <inheritdoc/>
    public override void AddStatistics(JsonObject statistics) => throw new NotSupportedException("They are in its resource.");

    private static long Milliseconds(JsonObject resource, string name) =>
        long.Parse((string)resource["statistics"]![name]!, CultureInfo.InvariantCulture);
}
