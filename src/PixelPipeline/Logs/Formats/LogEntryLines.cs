using System.Text;

namespace PixelPipeline.Logs.Formats;

/// <summary>Cloud Logging's own: one LogEntry JSON object a line, as a sink writes it to Cloud Storage.</summary>
/// <seealso href="https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry"/>
internal sealed class LogEntryLines : LogFormat
{
    private static readonly byte[][] Marks = [.. "insertId logName httpRequest/requestUrl jsonPayload/event resource/type".Split(' ').Select(Encoding.UTF8.GetBytes)];

    public override string Label => "logentry";

    internal override bool IsEntries => true;

    // Many logs are JSON with a timestamp: one of Cloud Logging's own fields has to be there as well.
    internal override bool Fits(ReadOnlySpan<byte> line, LineState state) =>
        base.Fits(line, state) && state.Json.TryRead(line, Marks) && Enumerable.Range(0, Marks.Length).Any(state.Json.Has);

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result) =>
        LogEntryJson.TryReadRequest(line, out result) ? null : BadLineReason.NotALogEntry;
}
