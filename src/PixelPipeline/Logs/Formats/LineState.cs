namespace PixelPipeline.Logs.Formats;

/// <summary>What a format keeps from one line to the next. Not safe for concurrent use: each worker has its own.</summary>
internal sealed class LineState
{
    /// <summary>Reads timestamps, which mostly share their minute with the line before.</summary>
    public TimestampReader Times { get; } = new();

    /// <summary>Takes what has to be rewritten.</summary>
    public LineBuffer Buffer { get; } = new();

    /// <summary>Reads the objects of JSON lines.</summary>
    public JsonRecord Json { get; } = new();

    /// <summary>The header that holds for the line; null before the first.</summary>
    public LogHeader? Header { get; set; }
}
