using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudNative.CloudEvents;

/// <summary>RFC 3339 timestamps, the text form of the attribute <c>time</c>.</summary>
internal static partial class Timestamps
{
    /// <summary>Reads <c>2026-01-02T03:04:05.678901Z</c>; digits beyond 100 ns are dropped.</summary>
    /// <exception cref="ArgumentException">The text is no RFC 3339 timestamp.</exception>
    internal static DateTimeOffset Parse(string text)
    {
        var match = Rfc3339().Match(text);
        if (!match.Success
            || !DateTimeOffset.TryParse(
                match.Groups[1].Value + match.Groups[2].Value + match.Groups[3].Value.ToUpperInvariant(),
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var time))
        {
            throw new ArgumentException("The CloudEvent attribute 'time' is not an RFC 3339 timestamp.");
        }

        return time;
    }

    [GeneratedRegex(@"^(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(\.\d{1,7})?\d*([Zz]|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
