using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// Regular expressions as <see href="https://github.com/google/re2/wiki/Syntax">RE2</see> has them, on .NET's engine
/// without backtracking, which like RE2 takes time linear in the text. Perl classes are ASCII, <c>$</c> is the very end,
/// <c>.</c> and classes take a whole character. What RE2 has and .NET has not, or the reverse, is refused.
/// </summary>
internal static partial class Re2Pattern
{
    private const int CacheLimit = 256;
    private const int MaxLength = 1_000;
    private const int MaxRepetitions = 1_000;
    private const string Digits = "0-9";
    private const string WordCharacters = "0-9A-Za-z_";
    private const string Spaces = "\\t\\n\\f\\r ";

    private static readonly ConcurrentDictionary<string, Regex> Cache = new(StringComparer.Ordinal);

    /// <summary>The compiled pattern.</summary>
    /// <exception cref="GoogleSqlException">It is none, or uses what is not supported.</exception>
    public static Regex Get(string pattern)
    {
        if (Cache.TryGetValue(pattern, out var cached))
        {
            return cached;
        }

        if (Cache.Count >= CacheLimit)
        {
            Cache.Clear();
        }

        return Cache[pattern] = Compile(pattern);
    }

    /// <summary>What the first match holds: its group when the pattern has one, all of it otherwise; null without a match.</summary>
    public static string? Extract(string text, string pattern)
    {
        var regex = Get(pattern);
        var groups = regex.GetGroupNumbers().Length;
        if (groups > 2)
        {
            throw new GoogleSqlException($"Regular expression passed to REGEXP_EXTRACT has more than one capturing group: {pattern}");
        }

        var match = regex.Match(text);
        return match.Success && match.Groups[groups - 1].Success ? match.Groups[groups - 1].Value : null;
    }

    /// <summary>What the match number <paramref name="occurrence"/> from a character on holds; positions and numbers from 1.</summary>
    public static string? Extract(string text, string pattern, long position, long occurrence)
    {
        if (position <= 0 || occurrence <= 0)
        {
            throw new GoogleSqlException($"Invalid {(position <= 0 ? "position" : "occurrence")}: it has to be positive");
        }

        var runes = text.EnumerateRunes().ToList();
        return position > runes.Count + 1 ? null : ExtractAll(string.Concat(runes.Skip((int)position - 1)), pattern).ElementAtOrDefault((int)Math.Min(occurrence - 1, int.MaxValue));
    }

    /// <summary>What each match holds; of empty matches those that do not touch the one before.</summary>
    public static string[] ExtractAll(string text, string pattern)
    {
        var regex = Get(pattern);
        var groups = regex.GetGroupNumbers().Length;
        if (groups > 2)
        {
            throw new GoogleSqlException($"Regular expressions passed into extraction functions must not have more than 1 capturing group: {pattern}");
        }

        List<string> found = [];
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            found.Add(match.Groups[groups - 1].Value);
        }

        return [.. found];
    }

    /// <summary>Whether the pattern is one that .NET's engine can be given.</summary>
    public static bool IsSupported(string pattern)
    {
        try
        {
            Get(pattern);
            return true;
        }
        catch (GoogleSqlException)
        {
            return false;
        }
    }

    /// <summary>All matches replaced, of empty ones those that do not touch the one before; <c>\1</c> to <c>\9</c> stand for groups, <c>\0</c> for the match, <c>\\</c> for a backslash.</summary>
    public static string Replace(string text, string pattern, string with)
    {
        var regex = Get(pattern);
        var groups = regex.GetGroupNumbers().Length;
        for (var i = 0; i < with.Length; i++)
        {
            if (with[i] == '\\' && (++i >= with.Length || (with[i] != '\\' && !(char.IsAsciiDigit(with[i]) && with[i] - '0' < groups))))
            {
                throw new GoogleSqlException($"Invalid REGEXP_REPLACE pattern: {with}");
            }
        }

        var lastEnd = -1;
        return regex.Replace(text, match =>
        {
            var isNone = match.Length == 0 && (match.Index == lastEnd || IsInsideOfACharacter(text, match.Index));
            lastEnd = match.Index + match.Length;
            return isNone ? "" : Expand(match, with);
        });
    }

    private static bool IsInsideOfACharacter(string text, int index) =>
        index > 0 && index < text.Length && char.IsSurrogatePair(text[index - 1], text[index]);

    private static string Expand(Match match, string with)
    {
        var text = new StringBuilder();
        for (var i = 0; i < with.Length; i++)
        {
            text.Append(with[i] != '\\' ? with[i].ToString() : with[++i] == '\\' ? "\\" : match.Groups[with[i] - '0'].Value);
        }

        return text.ToString();
    }

    private static Regex Compile(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            throw Invalid(pattern, $"it is longer than {MaxLength} characters");
        }

        try
        {
            return new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException e)
        {
            throw Invalid(pattern, e.Message);
        }
        catch (NotSupportedException)
        {
            throw Invalid(pattern, "it needs backtracking or is too large");
        }
    }

    private static string Translate(string pattern)
    {
        var text = new StringBuilder();
        HashSet<string> names = [];
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            text.Append(c switch
            {
                '\\' => Escape(pattern, ++i, inClass: false),
                '[' => Class(pattern, ref i),
                '(' => Group(pattern, ref i, names),
                '{' when Repetition().Match(pattern, i) is { Success: true } times => times.Groups["n"].Captures.Any(n => n.Length > 4 || int.Parse(n.ValueSpan, CultureInfo.InvariantCulture) > MaxRepetitions)
                    ? throw Invalid(pattern, $"it repeats something more than {MaxRepetitions} times")
                    : "{",
                '.' => Not("\\n"),
                '$' => "\\z",
                _ when char.IsHighSurrogate(c) && i + 1 < pattern.Length => $"(?:{c}{pattern[++i]})", // what repeats is the whole character
                _ => c.ToString(),
            });
        }

        return text.ToString();
    }

    // .NET looks at halves of a character beyond U+FFFF, so that a set says of each half whether it is in it.
    private static string Not(string set) => $@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\uD800-\uDFFF{set}])";

    private static string Class(string pattern, ref int at)
    {
        var isNegated = at + 1 < pattern.Length && pattern[at + 1] == '^';
        var first = at + (isNegated ? 2 : 1);
        var set = new StringBuilder();
        for (var i = first; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == ']' && i > first) // right after the opening one (or its ^) it is an ordinary character
            {
                at = i;
                return isNegated ? Not(set.ToString()) : OneOf(set.ToString());
            }

            var next = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            set.Append(c switch
            {
                '\\' => Escape(pattern, ++i, inClass: true),
                '[' when next == ':' => throw Invalid(pattern, "POSIX classes are not supported"),
                '[' or ']' => "\\" + c,
                '-' when i == first || next == ']' => "\\-",
                _ when char.IsSurrogate(c) => throw Invalid(pattern, "characters beyond U+FFFF in brackets are not supported"),
                _ => c.ToString(),
            });
        }

        throw Invalid(pattern, "missing ]");
    }

    // A range up to a character behind the surrogates has them in it.
    private static string OneOf(string set) =>
        set.AsSpan().ContainsAnyExceptInRange('\0', '\uDFFF') ? $@"[{set}-[\uD800-\uDFFF]]" : $"[{set}]";

    // Groups are called by their numbers alone, and .NET numbers those with names last.
    private static string Group(string pattern, ref int at, HashSet<string> names)
    {
        var rest = pattern.AsSpan(at);
        if (!rest.StartsWith("(?", StringComparison.Ordinal))
        {
            return "(";
        }

        if (GroupName().Match(pattern, at) is { Success: true } named)
        {
            at += named.Length - 1;
            return names.Add(named.Groups["name"].Value) ? "(" : throw Invalid(pattern, $"duplicate group name {named.Groups["name"].Value}");
        }

        return rest.StartsWith("(?:", StringComparison.Ordinal) || rest.StartsWith("(?i)", StringComparison.Ordinal) || rest.StartsWith("(?i:", StringComparison.Ordinal)
            ? "("
            : throw Invalid(pattern, $"{rest[..Math.Min(3, rest.Length)]} is not supported");
    }

    private static string Escape(string pattern, int at, bool inClass)
    {
        var kind = at < pattern.Length ? pattern[at] : '\0';
        return kind switch
        {
            'd' => inClass ? Digits : $"[{Digits}]",
            'w' => inClass ? WordCharacters : $"[{WordCharacters}]",
            's' => inClass ? Spaces : $"[{Spaces}]",
            'D' when !inClass => Not(Digits),
            'W' when !inClass => Not(WordCharacters),
            'S' when !inClass => Not(Spaces),
            'A' or 'z' when !inClass => "\\" + kind, // \b means ASCII words in RE2
            't' or 'n' or 'f' or 'r' or 'v' or 'a' => "\\" + kind,
            _ when char.IsAscii(kind) && !char.IsAsciiLetterOrDigit(kind) && kind != '\0' => Regex.Escape(kind.ToString()) is ['\\', ..] escaped ? escaped : inClass || kind is ']' or '}' ? "\\" + kind : kind.ToString(),
            _ => throw Invalid(pattern, $"\\{kind} is not supported"),
        };
    }

    [GeneratedRegex(@"\G\(\?P<(?<name>[0-9A-Za-z_]+)>", RegexOptions.ExplicitCapture)]
    private static partial Regex GroupName();

    [GeneratedRegex(@"\G\{(?<n>[0-9]+)(,(?<n>[0-9]+)?)?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Repetition();

    private static GoogleSqlException Invalid(string pattern, string why) =>
        new($"Cannot parse regular expression: {(pattern.Length > 60 ? pattern[..60] + "…" : pattern)}: {why}");
}
