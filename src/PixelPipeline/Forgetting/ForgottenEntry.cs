using System.Globalization;
using System.Text;
using PixelPipeline.Logs;

namespace PixelPipeline.Forgetting;

/// <summary>
/// What stands in a raw file where a forgotten user's entry stood: a log entry of its day that says no more,
/// <c>{"timestamp":"2026-11-20T00:00:00Z","jsonPayload":{"forgotten":true}}</c>. It is ignored as <c>forgotten</c>, so that
/// the entries of a file still add up.
/// </summary>
public static class ForgottenEntry
{
    private const string WithoutTime = """{"jsonPayload":{"forgotten":true}}""";

    /// <summary>Writes it over an entry: in as many bytes, so that nothing behind it moves.</summary>
    /// <param name="entry">The entry, without the end of its line. An entry too short for it, which no hit is, becomes blanks.</param>
    public static void Overwrite(Span<byte> entry)
    {
        var text = Encoding.UTF8.GetBytes(InPlaceOf(entry));
        entry.Fill((byte)' ');
        if (text.Length <= entry.Length)
        {
            text.CopyTo(entry);
        }
    }

    /// <summary>The text of it for one entry.</summary>
    /// <param name="entry">Any bytes; where no time can be read of them, it has none.</param>
    public static string InPlaceOf(ReadOnlySpan<byte> entry)
    {
        var fields = new LogEntryFields();
        return LogEntryJson.TryReadFields(entry, ref fields) && EntryTimestamp.TryParse(fields.Timestamp, out var time)
            ? string.Create(CultureInfo.InvariantCulture, $$$"""{"timestamp":"{{{DateTime.UnixEpoch.AddDays(time.UnixDay):yyyy-MM-dd}}}T00:00:00Z","jsonPayload":{"forgotten":true}}""")
            : WithoutTime;
    }
}
