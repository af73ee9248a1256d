using PixelPipeline.Dashboard.Charts;

namespace PixelPipeline.Dashboard.Tests.Charts;

internal sealed class ScaleTests
{
    [TestCase(0, 2, 1)]
    [TestCase(1, 2, 1)]
    [TestCase(4, 4, 1)]
    [TestCase(5, 6, 2)]
    [TestCase(27, 30, 10)]
    [TestCase(1_450, 1_500, 500)]
    [TestCase(4_000_000_000_000, 4_000_000_000_000, 1_000_000_000_000)]
    public void For_MostOfAll_IsRound(long most, long top, long step) => Assert.That(Scale.For(most), Is.EqualTo(new Scale(top, step)));

    [Test]
    public void For_AnyCount_HasTwoToFiveLinesAndRoom()
    {
        for (var most = 0L; most < 3_000; most++)
        {
            var scale = Scale.For(most);
            Assert.That(scale.Ticks.Count(), Is.InRange(3, 5), $"{most}");
            Assert.That(scale.Top, Is.GreaterThanOrEqualTo(most));
        }
    }

    [TestCase(950, "950")]
    [TestCase(2_500, "2.5k")]
    [TestCase(40_000_000, "40M")]
    public void Brief_Count_IsShort(long count, string text) => Assert.That(Scale.Brief(count), Is.EqualTo(text));
}
