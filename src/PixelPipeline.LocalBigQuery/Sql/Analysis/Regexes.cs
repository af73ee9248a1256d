using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// Patterns that the .NET engine cannot be given (classes beyond U+FFFF, <c>\\p{…}</c>, flags): DuckDB's own functions take
/// them, which are on RE2 itself. Where a match may be empty or absent those say less, so that the others go first.
/// </summary>
internal static class Regexes
{
    /// <summary>The call by the engine's own function, where it has to be.</summary>
    public static OperationNode? TryMake(ScalarFunction function, IReadOnlyList<Bound> arguments, SourcePosition position)
    {
        if (arguments.Count < 2 || arguments[1] is not Constant { Value: string pattern } || arguments[0].Type != SqlType.String || Re2Pattern.IsSupported(pattern) || pattern.Contains("(?<", StringComparison.Ordinal))
        {
            return null;
        }

        return function.Name switch
        {
            "REGEXP_CONTAINS" => new OperationNode(Operation.RegexpContains, SqlType.Bool, position, arguments),
            "REGEXP_EXTRACT" or "REGEXP_SUBSTR" when arguments.Count == 2 && Groups(pattern) <= 1 =>
                new OperationNode(Operation.RegexpExtract, SqlType.String, position, arguments) { Index = Groups(pattern) },
            "REGEXP_REPLACE" => new OperationNode(Operation.RegexpReplace, SqlType.String, position, arguments),
            _ => null,
        };
    }

    // Parentheses that capture, outside of classes and quotes.
    private static int Groups(string pattern)
    {
        var (groups, inClass, quoted) = (0, false, false);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                quoted = i + 1 < pattern.Length && pattern[i + 1] == 'Q' ? true : i + 1 < pattern.Length && pattern[i + 1] == 'E' ? false : quoted;
                i++;
            }
            else if (!quoted)
            {
                groups += pattern[i] == '(' && !inClass && (i + 1 >= pattern.Length || pattern[i + 1] != '?' || pattern.AsSpan(i).StartsWith("(?P<")) ? 1 : 0;
                inClass = pattern[i] == '[' || (inClass && pattern[i] != ']');
            }
        }

        return groups;
    }
}
