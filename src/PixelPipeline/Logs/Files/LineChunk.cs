using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Logs.Files;

/// <summary>Whole lines of one text, a few hundred kilobytes of them. Its buffer is used anew for the next chunk.</summary>
internal sealed class LineChunk
{
    /// <summary>Room for what one read gives behind the longest line.</summary>
    public byte[] Buffer { get; } = new byte[LineChunkReader.MaxLineBytes + LineChunkReader.ReadBytes];

    /// <summary>How many bytes of the buffer the lines take.</summary>
    public int Length { get; set; }

    /// <summary>The lines, each but a text's last one with its <c>\n</c>.</summary>
    public ReadOnlySpan<byte> Lines => Buffer.AsSpan(0, Length);

    /// <summary>True where the chunk stands for one line that is too long; then there are no bytes.</summary>
    public bool IsTooLongLine { get; set; }

    /// <summary>0 for the first chunk of all, then one more for each, over all files.</summary>
    public long Sequence { get; set; }

    /// <summary>The index of the file among those that are read.</summary>
    public int FileIndex { get; set; }

    /// <summary>The index of the text among those of the file: 0, and more only in an archive.</summary>
    public int TextIndex { get; set; }

    /// <summary>What people call the text.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where the first line begins, in bytes of the file's texts.</summary>
    public long Offset { get; set; }

    /// <summary>Where the last line ends, likewise.</summary>
    public long EndOffset { get; set; }

    /// <summary>The file's format; null where it is not known.</summary>
    public LogFormat? Format { get; set; }

    /// <summary>The zone of times that name none.</summary>
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>The header that holds at the chunk's first line; null where the format has none, or before the first.</summary>
    public LogHeader? Header { get; set; }
}
