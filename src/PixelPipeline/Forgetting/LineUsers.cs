using PixelPipeline.Logs;
using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Forgetting;

/// <summary>Whom the lines of one access log are about, whatever its format. Not safe for concurrent use.</summary>
public sealed class LineUsers
{
    private readonly LogLineReader _reader = new();
    private readonly LogFormat? _format;

    /// <summary>Finds the log's format out.</summary>
    /// <param name="start">The log's first bytes: a line that ends outside them counts only as the log's last one.</param>
    public LineUsers(ReadOnlySpan<byte> start) => _format = FormatDetection.Detect(start) is { } format and not UndecidedFormat ? format : null;

    /// <summary>Whether a log is no lines, but an array of JSON objects or such objects over several lines.</summary>
    /// <param name="start">The log's first bytes.</param>
    public static bool AreObjects(ReadOnlySpan<byte> start) => JsonObjectLines.AreNeeded(start);

    /// <summary>Such a log as one object a line. Owns the stream.</summary>
    public static Stream ObjectsAsLines(Stream text) => new JsonObjectLines(text);

    /// <summary>The users of a line: the one that its request names or, where it names none or cannot be read, all that its text names.</summary>
    /// <param name="line">The next one, without its end.</param>
    public IReadOnlyList<string> Of(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)'\r');
        if (_reader.IsSkipped(line, _format))
        {
            return [];
        }

        if (_format is { IsEntries: true })
        {
            return UserNames.InEntry(line);
        }

        return _reader.Read(line, _format, out var read) is null && UserNames.InRequest(read.Url, default) is { } user ? [user] : NamesInText.Find(line);
    }
}
