using System.Text;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// LIKE: <c>%</c> is any text, <c>_</c> any one character, a backslash takes the next character as it is. Case matters.
/// </summary>
internal static class LikePattern
{
    /// <summary>Whether the whole text matches, in time bounded by the product of the lengths.</summary>
    /// <exception cref="GoogleSqlException">The pattern ends in a backslash.</exception>
    public static bool IsMatch(string text, string pattern)
    {
        var (steps, runes) = (Parse(pattern), text.EnumerateRunes().ToArray());
        int step = 0, at = 0, star = -1, mark = 0;
        while (at < runes.Length)
        {
            if (step < steps.Count && steps[step].IsAnyText)
            {
                (star, mark) = (step++, at);
            }
            else if (step < steps.Count && (steps[step].Rune is null || steps[step].Rune == runes[at]))
            {
                step++;
                at++;
            }
            else if (star >= 0)
            {
                (step, at) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return steps.Skip(step).All(s => s.IsAnyText);
    }

    private static List<Step> Parse(string pattern)
    {
        List<Step> steps = [];
        var escaped = false;
        foreach (var rune in pattern.EnumerateRunes())
        {
            if (!escaped && rune.Value == '\\')
            {
                escaped = true;
                continue;
            }

            steps.Add(escaped || rune.Value is not ('%' or '_') ? new Step(rune, false) : new Step(null, rune.Value == '%'));
            escaped = false;
        }

        return escaped ? throw new GoogleSqlException("LIKE pattern ends with a backslash") : steps;
    }

    /// <summary>One character, any character (null), or any text.</summary>
    private readonly record struct Step(Rune? Rune, bool IsAnyText);
}
