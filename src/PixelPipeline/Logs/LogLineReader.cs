using System.Runtime.CompilerServices;

namespace PixelPipeline.Logs;

/// <summary>Reads the lines of one format after another; of any bytes, it makes a line or a reason. Not safe for concurrent use.</summary>
internal sealed class LogLineReader
{
    private readonly TimestampReader _times = new();
    private readonly LineBuffer _buffer = new();

    /// <summary>The columns of the CloudFront log that is being read; a header line among the lines changes them.</summary>
    public CloudFrontFields CloudFrontFields { get; set; } = CloudFrontFields.Standard;

    /// <summary>True for a line that is there to be passed over: an empty one, or a header.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="format">The file's format.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSkipped(ReadOnlySpan<byte> line, LogFormat? format)
    {
        if (line.IsEmpty)
        {
            return true;
        }

        if (format != LogFormat.CloudFront || line[0] != '#')
        {
            return false;
        }

        CloudFrontFields = CloudFrontFields.TryParse(line) ?? CloudFrontFields;
        return true;
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="format">Null where the file's format is not known: then no line can be read.</param>
    /// <param name="result">What the line tells; its texts hold until the next line is read.</param>
    /// <returns>Null, or why it cannot be read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    public BadLineReason? Read(ReadOnlySpan<byte> line, LogFormat? format, out AccessLogLine result)
    {
        result = default;
        _buffer.Clear();
        return format switch
        {
            LogFormat.ClassicElb => ClassicElbLine.Read(line, _times, out result),
            LogFormat.Alb => AlbLine.Read(line, _times, _buffer, out result),
            LogFormat.CloudFront => CloudFrontLine.Read(line, CloudFrontFields, _times, _buffer, out result),
            LogFormat.Combined => CombinedLine.Read(line, _times, _buffer, out result),
            LogFormat.LogEntry => LogEntryJson.TryReadRequest(line, out result) ? null : BadLineReason.NotALogEntry,
            _ => BadLineReason.UnknownFormat,
        };
    }
}
