using System.Text;

namespace PixelPipeline.Logs.Formats;

/// <summary>Where the columns of a W3C log stand that the pipeline uses, as its <c>#Fields</c> line names them; -1 for one that is missing.</summary>
internal sealed class Columns(string[] names) : LogHeader
{
    public const int Max = 64;

    public IReadOnlyList<string> Names { get; } = names;

    public int Count { get; } = names.Length;

    public int Date { get; } = Array.IndexOf(names, "date");

    public int Time { get; } = Array.IndexOf(names, "time");

    public int RemoteIp { get; } = Array.IndexOf(names, "c-ip");

    public int Method { get; } = Array.IndexOf(names, "cs-method");

    public int Path { get; } = Array.IndexOf(names, "cs-uri-stem");

    public int Query { get; } = Array.IndexOf(names, "cs-uri-query");

    public int Referer { get; } = Array.IndexOf(names, "cs(Referer)");

    public int UserAgent { get; } = Array.IndexOf(names, "cs(User-Agent)");

    public static ReadOnlySpan<byte> Mark => "#Fields:"u8;

    /// <summary>The columns of a header line; null for any other line, and where date, time or path are not among them.</summary>
    public static Columns? Parse(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(Mark))
        {
            return null;
        }

        var columns = new Columns(Encoding.ASCII.GetString(line[Mark.Length..]).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));
        return columns is { Date: >= 0, Time: >= 0, Path: >= 0 } ? columns : null;
    }

    /// <summary>A column's text; empty for one that is missing, and for a hyphen.</summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> line, scoped ReadOnlySpan<Range> columns, int index)
    {
        var column = index is < 0 or >= Max ? default : line[columns[index]];
        return column.SequenceEqual("-"u8) ? default : column;
    }
}
