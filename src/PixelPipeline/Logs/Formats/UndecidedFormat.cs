namespace PixelPipeline.Logs.Formats;

/// <summary>What a file has whose first lines fit several formats alike: no line of it can be read until one of them is named.</summary>
/// <param name="candidates">Which; two or more.</param>
internal sealed class UndecidedFormat(IReadOnlyList<LogFormat> candidates) : LogFormat
{
    /// <summary>All of them, such as <c>cloudflare or fastly</c>.</summary>
    public override string Label { get; } = string.Join(" or ", candidates.Select(c => c.Label));

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        return BadLineReason.SeveralFormats;
    }
}
