namespace PixelPipeline.Dashboard.Panels;

/// <summary>Values with counts, the largest first count first.</summary>
/// <param name="Values">The values; each stands once.</param>
/// <param name="IsCut">Whether there may be others, with a first count no larger than the last one's.</param>
internal sealed record Ranking(IReadOnlyList<RankedValue> Values, bool IsCut)
{
    /// <summary>
    /// The values with the largest sums of two rankings, where these alone can tell them: a value that only one of them has is
    /// one that the other may have left out.
    /// </summary>
    /// <param name="most">How many.</param>
    /// <param name="one">A ranking.</param>
    /// <param name="other">Another one, with as many counts.</param>
    /// <returns>Null where a value that was left out might be one of them.</returns>
    public static IReadOnlyList<RankedValue>? First(int most, Ranking one, Ranking other)
    {
        var (inOne, inOther) = (one.ByValue(), other.ByValue());
        var sums = inOne.Keys.Union(inOther.Keys).Select(v => (
            Value: v.Item1,
            Counts: Add(inOne.GetValueOrDefault(v), inOther.GetValueOrDefault(v)),
            Missing: (inOne.ContainsKey(v) ? 0 : one.LeftOut) + (inOther.ContainsKey(v) ? 0 : other.LeftOut))).ToList();
        var first = sums.OrderByDescending(s => s.Counts[0]).ThenBy(s => s.Value, StringComparer.Ordinal).Take(most).ToList();
        var least = first.Count < most ? 0 : first[^1].Counts[0];
        var isSure = first.TrueForAll(s => s.Missing == 0)
            && sums.TrueForAll(s => s.Missing == 0 || s.Counts[0] + s.Missing < least)
            && (one.LeftOut + other.LeftOut is var unseen && (unseen == 0 || unseen < least));
        return isSure ? [.. first.Select(s => new RankedValue(s.Value, s.Counts))] : null;
    }

    // The most that a value has that is not there.
    private long LeftOut => IsCut ? Values[^1].Counts[0] : 0;

    private Dictionary<ValueTuple<string?>, long[]> ByValue() => Values.ToDictionary(v => ValueTuple.Create(v.Value), v => v.Counts);

    private static long[] Add(long[]? one, long[]? other) => one is null ? other! : other is null ? one : [.. one.Zip(other, (a, b) => a + b)];
}

/// <summary>A value and what is counted of it.</summary>
/// <param name="Value">The value; null for NULL.</param>
/// <param name="Counts">The counts, that which orders first.</param>
internal sealed record RankedValue(string? Value, long[] Counts);
