namespace PixelPipeline.Local.Storage;

/// <summary>How patiently the log drop tells the function of its objects.</summary>
internal sealed record LogDropOptions
{
    /// <summary>The bucket's name, which the folder plays.</summary>
    public string Bucket { get; init; } = "log-drop";

    /// <summary>How often the folder is looked at. What is the same in two looks is whole.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after an object's first failure; it doubles with each one.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two attempts.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>An event that is not answered by then counts as refused: what a function may take in the cloud.</summary>
    public TimeSpan AckDeadline { get; init; } = TimeSpan.FromSeconds(540);

    /// <summary>Events under way at once. Each can keep all cores busy, and one may be stuck.</summary>
    public int MaxInFlight { get; init; } = 4;
}
