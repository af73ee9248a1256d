namespace PixelPipeline.Soak;

/// <summary>What a fault run does.</summary>
internal sealed record FaultRunOptions
{
    public required int Events { get; init; }

    public required int Seed { get; init; }

    /// <summary>template, partitioned or both.</summary>
    public string Layout { get; init; } = "both";

    public bool IsPartitioned => Layout == "partitioned";

    /// <summary>No faults, and all events are hits of one user on one day.</summary>
    public bool IsCalm { get; init; }

    /// <summary>Messages under way at once: about what one push subscription keeps.</summary>
    public int MaxInFlight { get; init; } = 1_000;
}
