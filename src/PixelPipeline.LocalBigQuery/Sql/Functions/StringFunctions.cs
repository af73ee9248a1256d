using System.Text;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions">string functions</see>.
/// Positions and lengths count characters (Unicode code points), from 1.
/// </summary>
internal static class StringFunctions
{
    private const int MaxLength = 1024 * 1024;

    public static void AddTo(FunctionTable table)
    {
        foreach (var name in (ReadOnlySpan<string>)["LENGTH", "CHAR_LENGTH", "CHARACTER_LENGTH"])
        {
            table.Add(name, (string s) => Runes(s));
        }

        table.Add("LOWER", (string s) => CaseMapping.Lower(s));
        table.Add("UPPER", (string s) => CaseMapping.Upper(s));
        table.Add("REVERSE", (string s) => string.Concat(s.EnumerateRunes().Reverse()));
        table.Add("REPLACE", (string s, string from, string to) => from.Length == 0 ? s : Bounded(s.Replace(from, to, StringComparison.Ordinal)));
        table.Add("STARTS_WITH", (string s, string prefix) => s.StartsWith(prefix, StringComparison.Ordinal));
        table.Add("ENDS_WITH", (string s, string suffix) => s.EndsWith(suffix, StringComparison.Ordinal));
        table.Add("STRPOS", (string s, string part) => Position(s, part));
        table.Add("INSTR", (string s, string part) => Position(s, part));
        table.Add("REPEAT", (string s, long n) => n < 0 ? throw Negative("REPEAT") : s.Length * (Int128)n > MaxLength ? throw TooLong() : string.Concat(Enumerable.Repeat(s, (int)n)));
        AddCodes(table);
        AddTrims(table);
        AddParts(table);
        table.Add("REGEXP_CONTAINS", (string s, string pattern) => Re2Pattern.Get(pattern).IsMatch(s));
        table.Add("REGEXP_EXTRACT", (string s, string pattern) => Re2Pattern.Extract(s, pattern));
        table.Add("REGEXP_SUBSTR", (string s, string pattern) => Re2Pattern.Extract(s, pattern));
        table.Add("REGEXP_REPLACE", (string s, string pattern, string with) => Bounded(Re2Pattern.Replace(s, pattern, with)));
    }

    private static void AddCodes(FunctionTable table)
    {
        table.Add("OCTET_LENGTH", (string s) => (long)System.Text.Encoding.UTF8.GetByteCount(s));
        table.Add("ASCII", (string s) => s.Length == 0 ? 0L : char.IsAscii(s[0]) ? (long)s[0] : throw new GoogleSqlException("Non-ASCII input to ASCII"));
        table.Add("UNICODE", (string s) => s.Length == 0 ? 0L : s.EnumerateRunes().First().Value);
        table.Add("CHR", (long n) => n == 0 ? "" : n is > 0 and <= 0x10FFFF && Rune.TryCreate((int)n, out var rune) ? rune.ToString() : throw new GoogleSqlException($"Invalid codepoint {n}"));
        table.Add("INITCAP", (string s) => Capitalized(s, " \t\n\v\f\r[](){}/|<>!?@\"^#$&~_,.:;*%+-"));
        table.Add("INITCAP", (string s, string delimiters) => Capitalized(s, delimiters));
        table.Add("SOUNDEX", (string s) => Soundex(s));
        table.Add("TRANSLATE", (string s, string from, string to) => Translate(s, from, to));
        table.Add("INSTR", (string s, string part, long from) => Occurrence(s, part, from, 1));
        table.Add("INSTR", (string s, string part, long from, long n) => Occurrence(s, part, from, n));
        table.Add("NORMALIZE", (string s) => s.Normalize());
        table.Add("REGEXP_EXTRACT_ALL", (string s, string pattern) => Re2Pattern.ExtractAll(s, pattern));
        table.Add("REGEXP_EXTRACT", (string s, string pattern, long from) => Re2Pattern.Extract(s, pattern, from, 1));
        table.Add("REGEXP_EXTRACT", (string s, string pattern, long from, long n) => Re2Pattern.Extract(s, pattern, from, n));
        table.Add("REGEXP_SUBSTR", (string s, string pattern, long from) => Re2Pattern.Extract(s, pattern, from, 1));
        table.Add("REGEXP_SUBSTR", (string s, string pattern, long from, long n) => Re2Pattern.Extract(s, pattern, from, n));
        table.Add("REGEXP_INSTR", (string s, string pattern) => Re2Pattern.Get(pattern).Match(s) is { Success: true } match ? Runes(s[..match.Groups[match.Groups.Count - 1].Index]) + 1 : 0);
    }

    private static string Capitalized(string text, string delimiters)
    {
        var result = new StringBuilder();
        var atStart = true;
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append((atStart ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune)).ToString());
            atStart = delimiters.Contains(rune.ToString(), StringComparison.Ordinal);
        }

        return result.ToString();
    }

    // The first letter, and up to three digits for the sounds behind it: https://www.archives.gov/research/census/soundex
    private static string Soundex(string text)
    {
        const string Codes = "01230120022455012623010202"; // of A to Z; 0 makes no sound
        var code = new StringBuilder();
        var last = '0';
        foreach (var letter in text.Where(char.IsAsciiLetter))
        {
            var upper = char.ToUpperInvariant(letter);
            var digit = Codes[upper - 'A'];
            if (code.Length == 0)
            {
                code.Append(letter);
            }
            else if (digit != '0' && digit != last)
            {
                code.Append(digit);
            }

            last = upper is 'H' or 'W' ? last : digit; // these do not part two equal sounds
            if (code.Length == 4)
            {
                break;
            }
        }

        return code.Length == 0 ? "" : code.ToString().PadRight(4, '0');
    }

    private static string Translate(string text, string from, string to)
    {
        var (sources, targets) = (from.EnumerateRunes().ToList(), to.EnumerateRunes().ToList());
        if (sources.Distinct().Count() != sources.Count)
        {
            throw new GoogleSqlException("Duplicate character in TRANSLATE source characters");
        }

        return string.Concat(text.EnumerateRunes().Select(r => sources.IndexOf(r) is var at && at < 0 ? r.ToString() : at < targets.Count ? targets[at].ToString() : ""));
    }

    // Counted from the end where the position is negative.
    private static long Occurrence(string text, string part, long from, long n)
    {
        if (from == 0 || n <= 0)
        {
            throw new GoogleSqlException("Position of INSTR must not be 0, and its occurrence must be positive");
        }

        var starts = text.EnumerateRunes().Aggregate(new List<int> { 0 }, (list, rune) => [.. list, list[^1] + rune.Utf16SequenceLength]);
        var found = 0;
        for (var at = from > 0 ? from - 1 : starts.Count - 1 + from; at >= 0 && at < starts.Count; at += Math.Sign(from))
        {
            if (string.CompareOrdinal(text, starts[(int)at], part, 0, part.Length) == 0 && starts[(int)at] + part.Length <= text.Length && ++found == n)
            {
                return at + 1;
            }
        }

        return 0;
    }

    private static void AddTrims(FunctionTable table)
    {
        table.Add("TRIM", (string s) => s.Trim());
        table.Add("LTRIM", (string s) => s.TrimStart());
        table.Add("RTRIM", (string s) => s.TrimEnd());
        table.Add("TRIM", (string s, string set) => Trim(s, set, true, true));
        table.Add("LTRIM", (string s, string set) => Trim(s, set, true, false));
        table.Add("RTRIM", (string s, string set) => Trim(s, set, false, true));
    }

    private static void AddParts(FunctionTable table)
    {
        foreach (var name in (ReadOnlySpan<string>)["SUBSTR", "SUBSTRING"])
        {
            table.Add(name, (string s, long from) => Substring(s, from, long.MaxValue));
            table.Add(name, (string s, long from, long length) => length < 0 ? throw Negative(name) : Substring(s, from, length));
        }

        table.Add("LEFT", (string s, long n) => n < 0 ? throw Negative("LEFT") : Substring(s, 1, n));
        table.Add("RIGHT", (string s, long n) => n < 0 ? throw Negative("RIGHT") : Substring(s, Math.Max(1, Runes(s) - n + 1), n));
        table.Add("LPAD", (string s, long n) => Pad(s, n, " ", true));
        table.Add("LPAD", (string s, long n, string with) => Pad(s, n, with, true));
        table.Add("RPAD", (string s, long n) => Pad(s, n, " ", false));
        table.Add("RPAD", (string s, long n, string with) => Pad(s, n, with, false));
    }

    private static long Runes(string text) => text.EnumerateRunes().Count();

    private static long Position(string text, string part) =>
        text.IndexOf(part, StringComparison.Ordinal) is >= 0 and var at ? Runes(text[..at]) + 1 : 0;

    private static string Substring(string text, long from, long length)
    {
        var runes = text.EnumerateRunes().ToList();
        var start = from > 0 ? from - 1 : from == 0 ? 0 : Math.Max(0, runes.Count + from);
        return string.Concat(runes.Skip((int)Math.Min(start, int.MaxValue)).Take((int)Math.Min(length, int.MaxValue)));
    }

    private static string Trim(string text, string set, bool start, bool end)
    {
        var runes = text.EnumerateRunes().ToList();
        var trimmed = set.EnumerateRunes().ToHashSet();
        var (from, to) = (0, runes.Count);
        while (start && from < to && trimmed.Contains(runes[from]))
        {
            from++;
        }

        while (end && to > from && trimmed.Contains(runes[to - 1]))
        {
            to--;
        }

        return string.Concat(runes.GetRange(from, to - from));
    }

    /// <summary>The text made so long, cut or with a pattern before or behind it.</summary>
    public static string Pad(string text, long length, string with, bool left)
    {
        if (length < 0 || with.Length == 0)
        {
            throw length < 0 ? Negative("LPAD/RPAD") : new GoogleSqlException("The pattern of LPAD/RPAD is empty");
        }

        var missing = length > MaxLength ? throw TooLong() : length - Runes(text);
        if (missing <= 0)
        {
            return Substring(text, 1, length);
        }

        var fill = with.EnumerateRunes().ToList();
        var padding = new StringBuilder();
        for (var i = 0; i < missing; i++)
        {
            padding.Append(fill[i % fill.Count].ToString());
        }

        return left ? padding + text : text + padding;
    }

    private static string Bounded(string text) => text.Length <= 16 * MaxLength ? text : throw TooLong();

    private static GoogleSqlException Negative(string name) => new($"The length of {name} is negative");

    private static GoogleSqlException TooLong() => new("The text that a function makes is too long", failure: QueryFailure.ResourcesExceeded);
}
