using PixelPipeline.Dashboard.Panels;

namespace PixelPipeline.Dashboard.Tests.Panels;

/// <summary>The first values of two lists that each know only their own first.</summary>
internal sealed class RankingTests
{
    [Test]
    public void First_OfCutRankings_IsThatOfAllValuesOrNotSaid([Range(0, 4)] int seed)
    {
        var random = new Random(seed);
        var said = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var (one, other) = (Counts(random), Counts(random));
            var kept = random.Next(1, 15);
            if (Ranking.First(3, Cut(one, kept), Cut(other, kept)) is { } first)
            {
                said++;
                var all = one.Keys.Union(other.Keys).Select(v => (Value: v, Count: (long)one.GetValueOrDefault(v) + other.GetValueOrDefault(v)));
                var expected = all.OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal).Take(3);
                Assert.That(first.Select(v => (v.Value!, v.Counts[0])), Is.EqualTo(expected));
                Assert.That(first.Select(v => v.Counts[1]), Is.EqualTo(first.Select(v => v.Counts[0] * 2)));
            }
        }

        Assert.That(said, Is.InRange(200, 1_900), "and both happen");
    }

    [Test]
    public void First_OfWholeRankings_AddsUpNullToo()
    {
        var first = Ranking.First(2, new Ranking([new(null, [3]), new("b", [1])], IsCut: false), new Ranking([new("c", [2]), new(null, [1])], IsCut: false))!;
        Assert.That(first.Select(v => (v.Value, v.Counts[0])), Is.EqualTo(new[] { ((string?)null, 4L), ("c", 2L) }));
    }

    private static Dictionary<string, int> Counts(Random random) =>
        Enumerable.Range(0, 20).Where(_ => random.Next(3) > 0).ToDictionary(v => $"v{v:00}", v => 1 + (int)(60 * Math.Pow(random.NextDouble(), 3)) + (v < 3 ? random.Next(40) : 0));

    private static Ranking Cut(Dictionary<string, int> counts, int kept)
    {
        var ordered = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(kept);
        return new Ranking([.. ordered.Select(c => new RankedValue(c.Key, [c.Value, c.Value * 2]))], counts.Count > kept);
    }
}
