using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PixelPipeline.Events;

namespace PixelPipeline.Tables;

/// <summary>
/// How a table suffix is made of an event: literal text, one attribute and one date, such as
/// <c>_{user_id}_{date:yyyyMMdd}</c>. Two values of the attribute never give the same suffix.
/// </summary>
public sealed partial class SuffixPattern
{
    /// <summary><c>_{user_id}_{date:yyyyMMdd}</c>.</summary>
    public const string Default = "_{user_id}_{date:yyyyMMdd}";

    private const int MaxPatternLength = 200;

    private readonly ImmutableArray<Part> _parts;

    private SuffixPattern(string pattern, ImmutableArray<Part> parts) => (Pattern, _parts) = (pattern, parts);

    /// <summary>As it was written.</summary>
    public string Pattern { get; }

    private enum PartKind
    {
        Literal,
        Attribute,
        Date,
    }

    /// <summary>Reads a pattern and checks it against the schema.</summary>
    /// <param name="pattern">
    /// Literal text of letters, digits and underscores that begins with an underscore; at most one <c>{column}</c>, a
    /// REQUIRED STRING or INTEGER attribute; at most one <c>{date:FORM}</c>; an underscore between the two.
    /// </param>
    /// <param name="schema">The events' schema.</param>
    /// <exception cref="SchemaException">The pattern does not keep to that; the message says what to write.</exception>
    public static SuffixPattern Parse(string pattern, EventSchema schema)
    {
        if (pattern.Length > MaxPatternLength || !WholePattern().IsMatch(pattern))
        {
            throw Error(pattern, "write letters, digits, underscores, {column} and {date:yyyyMMdd}, an underscore first");
        }

        ImmutableArray<Part> parts = [.. Parts().Matches(pattern).Select(m => ToPart(pattern, m.Value, schema))];
        CheckReadable(pattern, parts);
        return new SuffixPattern(pattern, parts);
    }

    /// <summary>The day behind those that a table of this day has rows of; null where the pattern has no date, so that a table has rows of any.</summary>
    /// <param name="day">UTC.</param>
    public DateOnly? EndOf(DateOnly day) => _parts.FirstOrDefault(p => p.Kind == PartKind.Date)?.Date!.EndOf(day);

    /// <summary>How a suffix spells a value of its attribute: a user id of letters and digits as it is.</summary>
    /// <param name="value">The value, not empty.</param>
    public static string Spell(string value) => SuffixValue.Of(value);

    /// <summary>The suffix of the table that a row goes to.</summary>
    internal string SuffixOf(EventRow row) => Render(row.EventTime, index => SuffixValue.Of(Convert.ToString(row.Values[index], CultureInfo.InvariantCulture)!));

    /// <summary>The suffix of the day's overflow table, which no value of the attribute can give.</summary>
    internal string OverflowOf(DateTime day) => Render(day, _ => "_overflow");

    private string Render(DateTime day, Func<int, string> attribute)
    {
        var suffix = new StringBuilder(64);
        foreach (var part in _parts)
        {
            suffix.Append(part.Kind switch
            {
                PartKind.Attribute => attribute(part.ColumnIndex),
                PartKind.Date => part.Date!.Format(day),
                _ => part.Text,
            });
        }

        return suffix.ToString();
    }

    private static Part ToPart(string pattern, string text, EventSchema schema)
    {
        if (!text.StartsWith('{'))
        {
            return new Part(PartKind.Literal, text);
        }

        var name = text[1..^1];
        if (name.StartsWith("date:", StringComparison.Ordinal))
        {
            var form = DateFormat.Find(name["date:".Length..]) ?? throw Error(pattern, $"{text} has none of the forms {DateFormat.All}");
            return new Part(PartKind.Date, text, Date: form);
        }

        var index = schema.IndexOf(name);
        if (index < 0 || schema.SourceAt(index) is not null || !schema.Columns[index].IsRequired
            || schema.Columns[index].Type is not (ColumnType.String or ColumnType.Integer))
        {
            throw Error(pattern, $"{text} must name an attribute of the schema that is REQUIRED and a STRING or INTEGER");
        }

        return new Part(PartKind.Attribute, text, ColumnIndex: index);
    }

    private static void CheckReadable(string pattern, ImmutableArray<Part> parts)
    {
        if (parts.Count(p => p.Kind == PartKind.Attribute) > 1 || parts.Count(p => p.Kind == PartKind.Date) > 1)
        {
            throw Error(pattern, "use at most one column and one date, or two events could get one suffix by accident");
        }

        if (pattern.Contains("}{", StringComparison.Ordinal) || parts[..^1].Any(p => p is { Kind: PartKind.Literal, Text: not ['_', ..] }))
        {
            throw Error(pattern, "put an underscore between the column and the date");
        }
    }

    private static SchemaException Error(string pattern, string message) => new($"Table suffix \"{pattern}\": {message}.");

    [GeneratedRegex(@"\A_(?:[A-Za-z0-9_]|\{[A-Za-z0-9_]+\}|\{date:[A-Za-z_]+\})*\z")]
    private static partial Regex WholePattern();

    [GeneratedRegex(@"\{[^}]*\}|[^{]+")]
    private static partial Regex Parts();

    private sealed record Part(PartKind Kind, string Text, int ColumnIndex = -1, DateFormat? Date = null);
}
