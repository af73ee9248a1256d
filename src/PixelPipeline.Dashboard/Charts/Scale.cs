using System.Globalization;

namespace PixelPipeline.Dashboard.Charts;

/// <summary>The vertical axis of a chart of counts: from zero to a round number, in two to five round steps.</summary>
/// <param name="Top">The value at the top, at least 2.</param>
/// <param name="Step">From one line to the next; divides <paramref name="Top"/>.</param>
public sealed record Scale(long Top, long Step)
{
    private const int MostSteps = 4;

    /// <summary>The values that have a line, from zero up.</summary>
    public IEnumerable<long> Ticks
    {
        get
        {
            for (var tick = 0L; tick <= Top; tick += Step)
            {
                yield return tick;
            }
        }
    }

    /// <summary>A scale on which all values from zero to <paramref name="most"/> have room.</summary>
    public static Scale For(long most)
    {
        var step = 1L;
        for (var i = 0; (most + step - 1) / step > MostSteps; i++)
        {
            step = i % 3 == 1 ? step / 2 * 5 : step * 2; // 1, 2, 5, 10, 20, 50, …
        }

        return new Scale(Math.Max((most + step - 1) / step, 2) * step, step);
    }

    /// <summary>A count as short as an axis wants it: <c>950</c>, <c>2.5k</c>, <c>40M</c>.</summary>
    public static string Brief(long count) => count switch
    {
        < 1_000 => count.ToString(CultureInfo.InvariantCulture),
        < 1_000_000 => FormattableString.Invariant($"{count / 1_000d:0.#}k"),
        < 1_000_000_000 => FormattableString.Invariant($"{count / 1_000_000d:0.#}M"),
        _ => FormattableString.Invariant($"{count / 1_000_000_000d:0.#}G"),
    };
}
