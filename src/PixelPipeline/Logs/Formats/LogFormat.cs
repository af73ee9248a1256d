namespace PixelPipeline.Logs.Formats;

/// <summary>
/// An access-log format that can be read, one line a request. Each is one class in a file of its own, and one entry in
/// <see cref="LogFormats.All"/>. Immutable: what is known of the lines before stands in <see cref="LineState"/>.
/// </summary>
public abstract class LogFormat
{
    private protected LogFormat()
    {
    }

    /// <summary>As people and machines spell it, such as <c>elb</c>: lower-case ASCII letters, digits and hyphens.</summary>
    public abstract string Label { get; }

    /// <summary>True where each line is a log entry as it stands, so that it names its event itself.</summary>
    internal virtual bool IsEntries => false;

    /// <summary>What the line begins with that says which columns follow; empty where a format has no such line.</summary>
    internal virtual ReadOnlySpan<byte> HeaderMark => default;

    /// <summary>True for a line that is there to be passed over. Asked only where there is a <see cref="HeaderMark"/>.</summary>
    /// <param name="line">Not empty, without its end.</param>
    internal virtual bool IsHeader(ReadOnlySpan<byte> line) => false;

    /// <summary>The columns that a line declares, which hold from there on; null for any other line, and where a column is missing that a request needs.</summary>
    /// <param name="line">Without its end.</param>
    internal virtual LogHeader? ReadHeader(ReadOnlySpan<byte> line) => null;

    /// <summary>Whether a line near a file's start tells that the file is of this format. A line that other formats could read as well must not.</summary>
    /// <param name="line">Not empty, without its end.</param>
    /// <param name="state">What the lines before told, were they of this format.</param>
    internal virtual bool Fits(ReadOnlySpan<byte> line, LineState state) => Read(line, state, out _) is null;

    /// <summary>Reads a line.</summary>
    /// <param name="line">Any bytes, without a line's end.</param>
    /// <param name="state">What the lines before told, and where to put what has to be rewritten.</param>
    /// <param name="result">What it tells; its texts hold until the next line is read.</param>
    /// <returns>Null, or why it cannot be read.</returns>
    internal abstract BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result);
}
