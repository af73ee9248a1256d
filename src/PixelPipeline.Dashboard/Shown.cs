using System.Globalization;
using System.Text;

namespace PixelPipeline.Dashboard;

/// <summary>Values as people see them. Texts come from strangers: they are cut, and none may steer how the page is read.</summary>
internal static class Shown
{
    /// <summary>The most characters of a text that the page shows; files have all of it.</summary>
    public const int MaxLength = 160;

    /// <summary>
    /// A text of at most <paramref name="maxLength"/> characters, with "…" where more were. Controls, marks and overrides
    /// of direction, invisible formatting and halves of surrogate pairs are shown as U+FFFD.
    /// </summary>
    public static string Cut(string text, int maxLength = MaxLength)
    {
        var shown = new StringBuilder();
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == maxLength)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(IsHarmless(rune) ? rune : Rune.ReplacementChar);
        }

        return shown.ToString();
    }

    /// <summary>A value of an event, whatever its column's type; null for NULL.</summary>
    public static string? Value(object? value) => value switch
    {
        null => null,
        string text => Cut(text),
        DateTime time => Instant(time),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Cut(value.ToString() ?? ""),
    };

    /// <summary><c>2026-11-20 11:12:28</c>.</summary>
    public static string Instant(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-20T11:12:28.408747Z</c>: to the microsecond, as BigQuery keeps it.</summary>
    public static string Exact(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    /// <summary><c>11:12</c>.</summary>
    public static string Clock(DateTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>Fri 20 Nov 2026</c>.</summary>
    public static string LongDay(DateTime time) => time.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>Nov 2026</c>.</summary>
    public static string Month(DateTime time) => time.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A share as per cent: <c>18 %</c>, <c>0.4 %</c>.</summary>
    public static string Share(long part, long whole)
    {
        var share = whole == 0 ? 0 : 100d * part / whole;
        return share.ToString(share is > 0 and < 1 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary><c>20 Nov</c>.</summary>
    public static string Day(DateOnly date) => date.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary><c>12,345</c>.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 event", "2 events".</summary>
    public static string Count(long number, string one, string many) => $"{Number(number)} {(number == 1 ? one : many)}";

    // U+200C and U+200D join letters, and faces, within a word.
    private static bool IsHarmless(Rune rune) => rune.Value is ' ' or 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
