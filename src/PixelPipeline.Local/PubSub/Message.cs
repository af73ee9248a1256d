using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.PubSub;

/// <summary>A message on its way: published, and not yet acknowledged or given up.</summary>
internal sealed class Message
{
    public required string Id { get; init; }

    /// <summary>Where its entry stands in the access log.</summary>
    public required LogPosition Position { get; init; }

    /// <summary>Whether an operator sent it again from the dead letters, where its entry is kept too.</summary>
    public bool IsRedelivery { get; init; }

    /// <summary>
    /// The entry for the first attempt, as the sink read it. Dropped when that fails, and read again for the next: what waits for
    /// long takes no memory.
    /// </summary>
    public SinkEntry? Entry { get; set; }

    /// <summary>Failed attempts so far.</summary>
    public int Attempts { get; set; }
}
