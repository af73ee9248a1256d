using System.Runtime.CompilerServices;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Logs;

/// <summary>Reads one line after the other; of any bytes, it makes a line or a reason. Not safe for concurrent use.</summary>
internal sealed class LogLineReader
{
    private readonly LineState _state = new();

    /// <summary>The header that holds for the next line; a header among the lines changes it.</summary>
    public LogHeader? Header
    {
        get => _state.Header;
        set => _state.Header = value;
    }

    /// <summary>The zone of times that name none; UTC unless set.</summary>
    public TimeZoneInfo TimeZone
    {
        set => _state.Times.Zone = value;
    }

    /// <summary>True for a line that is there to be passed over: an empty one, or a header.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="format">The file's format.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSkipped(ReadOnlySpan<byte> line, LogFormat? format) =>
        line.IsEmpty || (format is not null && !format.HeaderMark.IsEmpty && IsHeader(line, format));

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="format">Null where the file's format is not known: then no line can be read.</param>
    /// <param name="result">What the line tells; its texts hold until the next line is read.</param>
    /// <returns>Null, or why it cannot be read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    public BadLineReason? Read(ReadOnlySpan<byte> line, LogFormat? format, out AccessLogLine result)
    {
        _state.Buffer.Clear();
        if (format is null)
        {
            result = default;
            return BadLineReason.UnknownFormat;
        }

        return format.Read(line, _state, out result);
    }

    private bool IsHeader(ReadOnlySpan<byte> line, LogFormat format)
    {
        if (!format.IsHeader(line))
        {
            return false;
        }

        Header = format.ReadHeader(line) ?? Header;
        return true;
    }
}
