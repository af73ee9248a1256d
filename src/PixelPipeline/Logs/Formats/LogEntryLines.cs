namespace PixelPipeline.Logs.Formats;

/// <summary>Cloud Logging's own: one LogEntry JSON object a line, as a sink writes it to Cloud Storage.</summary>
/// <seealso href="https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry"/>
internal sealed class LogEntryLines : LogFormat
{
    public override string Label => "logentry";

    internal override bool IsEntries => true;

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result) =>
        LogEntryJson.TryReadRequest(line, out result) ? null : BadLineReason.NotALogEntry;
}
