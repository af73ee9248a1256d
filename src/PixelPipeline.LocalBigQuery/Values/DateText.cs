using System.Globalization;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>BigQuery's spellings of a day.</summary>
internal static class DateText
{
    private static readonly string[] Formats = ["yyyy-M-d", "yyyy/M/d"];

    /// <summary>Reads <c>2026-01-02</c>, <c>2026-1-2</c> or <c>2026/01/02</c>; false when there is no such day in the years 1 to 9999.</summary>
    public static bool TryParse(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
