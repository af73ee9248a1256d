using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace PixelPipeline.Local.BigQuery.Sql.Functions;

/// <summary>
/// Regular expressions as <see href="https://github.com/google/re2/wiki/Syntax">RE2</see> has them, on .NET's engine
/// without backtracking, which like RE2 takes time linear in the text. Perl classes are ASCII, <c>$</c> is the very end,
/// <c>.</c> takes a whole character. What RE2 has and .NET has not, or the reverse, is refused.
/// </summary>
internal static class Re2Pattern
{
    private const int CacheLimit = 256;
    private const int MaxLength = 1_000;
    private const string AnyCharacter = @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\n\uD800-\uDFFF])";

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

    /// <summary>All matches replaced; <c>\1</c> to <c>\9</c> stand for groups, <c>\0</c> for the match, <c>\\</c> for a backslash.</summary>
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

        return regex.Replace(text, match => Expand(match, with));
    }

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
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\')
            {
                text.Append(Escape(pattern, ++i < pattern.Length ? pattern[i] : '\0', inClass));
            }
            else if (inClass)
            {
                var isPosix = c == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':';
                text.Append(isPosix ? throw Invalid(pattern, "POSIX classes are not supported") : c == '[' ? "\\[" : c.ToString());
                inClass = c != ']';
            }
            else
            {
                inClass = c == '[';
                text.Append(c switch { '.' => AnyCharacter, '$' => "\\z", '(' => Group(pattern, ref i), _ => c.ToString() });
                i += inClass ? OpenClass(pattern, i + 1, text) : 0;
            }
        }

        return text.ToString();
    }

    // A bracket right after the opening one (or its ^) is an ordinary character.
    private static int OpenClass(string pattern, int at, StringBuilder text)
    {
        var taken = at < pattern.Length && pattern[at] == '^' ? 1 : 0;
        text.Append(pattern, at, taken);
        if (at + taken < pattern.Length && pattern[at + taken] == ']')
        {
            text.Append("\\]");
            taken++;
        }

        return taken;
    }

    private static string Group(string pattern, ref int at)
    {
        var rest = pattern.AsSpan(at);
        if (rest.StartsWith("(?P<", StringComparison.Ordinal))
        {
            at += 3;
            return "(?<";
        }

        return rest.Length > 2 && rest[1] == '?' && rest[2] is not (':' or 'i' or '<') ? throw Invalid(pattern, $"({rest[1..3]} is not supported") : "(";
    }

    private static string Escape(string pattern, char kind, bool inClass) => kind switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
        's' => inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]",
        'D' when !inClass => "[^0-9]",
        'W' when !inClass => "[^0-9A-Za-z_]",
        'S' when !inClass => "[^\\t\\n\\f\\r ]",
        'b' or 'B' or 'A' or 'z' when !inClass => "\\" + kind,
        't' or 'n' or 'f' or 'r' or 'v' or 'a' => "\\" + kind,
        _ when !char.IsLetterOrDigit(kind) && kind != '\0' => Regex.Escape(kind.ToString()) is ['\\', ..] escaped ? escaped : inClass || kind is ']' or '}' ? "\\" + kind : kind.ToString(),
        _ => throw Invalid(pattern, $"\\{kind} is not supported"),
    };

    private static GoogleSqlException Invalid(string pattern, string why) =>
        new($"Cannot parse regular expression: {(pattern.Length > 60 ? pattern[..60] + "…" : pattern)}: {why}");
}
