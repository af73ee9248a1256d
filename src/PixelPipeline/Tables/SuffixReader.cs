using System.Globalization;
using System.Text.RegularExpressions;

namespace PixelPipeline.Tables;

/// <summary>Reads from a table's suffix whose table it is and of which day: what <see cref="SuffixPattern"/> put in.</summary>
public sealed partial class SuffixReader
{
    private readonly Regex _suffix;
    private readonly string? _dateForm;

    /// <summary>Takes a pattern that <see cref="SuffixPattern"/> took.</summary>
    /// <param name="pattern">Such as <c>_{user_id}_{date:yyyyMMdd}</c>.</param>
    public SuffixReader(string pattern)
    {
        _dateForm = DateForms().Match(pattern) is { Success: true } date ? date.Groups[1].Value : null;
        var expression = Placeholders().Replace(pattern, m => m.Value.StartsWith("{date:", StringComparison.Ordinal)
            ? $"(?<day>{DateText(m.Value[6..^1])})"
            : "(?<value>[A-Za-z0-9_]+)");
        _suffix = new Regex($@"\A{expression}\z", RegexOptions.CultureInvariant);
    }

    /// <summary>Reads a suffix.</summary>
    /// <param name="suffix">What follows the base table's id, such as <c>_507f1f77bcf86cd799439011_20261120</c>.</param>
    /// <param name="value">The attribute as the suffix spells it (a user id of letters and digits as it is); null where the pattern has none, or in an overflow table.</param>
    /// <param name="day">The day, UTC; the first of the month or year where the form has no more; null where the pattern has none.</param>
    /// <returns>False where the pattern did not make this suffix.</returns>
    public bool TryRead(string suffix, out string? value, out DateOnly? day)
    {
        value = null;
        day = null;
        var match = _suffix.Match(suffix);
        if (!match.Success || (_dateForm is not null && !DateOnly.TryParseExact(match.Groups["day"].Value, _dateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
        {
            return false;
        }

        value = match.Groups["value"] is { Success: true, Value: not "_overflow" } read ? read.Value : null;
        day = _dateForm is null ? null : DateOnly.ParseExact(match.Groups["day"].Value, _dateForm, CultureInfo.InvariantCulture);
        return true;
    }

    // M and d have one digit or two, every other field has as many as it has letters.
    private static string DateText(string form) => string.Join('_', form.Split('_').Select(f => f is "M" or "d" ? @"\d{1,2}" : $@"\d{{{f.Length}}}"));

    [GeneratedRegex(@"\{date:([A-Za-z_]+)\}")]
    private static partial Regex DateForms();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholders();
}
