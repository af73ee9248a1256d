using PixelPipeline.Cli.Doctor;

namespace PixelPipeline.Cli.Tests.Doctor;

internal sealed class ExaminationTests
{
    private static readonly Finding Passed = new Finding.Passed("seen");
    private static readonly Finding NotYet = new Finding.NotYet("it is late", "wait");

    [Test]
    public async Task Hop_SeenAtALaterLook_HasPassed()
    {
        var looks = 0;
        var reports = await ExamineAsync(TimeSpan.FromSeconds(60), new Hop("slow", _ => Task.FromResult(looks++ < 3 ? NotYet : Passed)));

        Assert.That(reports.Select(r => (r.Hop, r.State, r.Detail, r.Remedy)), Is.EqualTo(new[] { ("slow", HopState.Passed, "seen", (string?)null) }));
        Assert.That(looks, Is.EqualTo(4));
    }

    [Test]
    public async Task Hop_NeverSeen_IsBrokenWithItsCauseAndRemedy()
    {
        var reports = await ExamineAsync(TimeSpan.Zero, new Hop("late", _ => Task.FromResult(NotYet)));

        Assert.That(reports.Select(r => (r.Hop, r.State, r.Detail, r.Remedy)), Is.EqualTo(new[] { ("late", HopState.Broken, "it is late", (string?)"wait") }));
    }

    [Test]
    public async Task Hops_BehindTheBrokenOne_AreNotLookedAt()
    {
        var looked = false;
        var reports = await ExamineAsync(
            TimeSpan.FromSeconds(60),
            new Hop("first", _ => Task.FromResult(Passed)),
            new Hop("second", _ => Task.FromResult<Finding>(new Finding.Broken("gone", "mend"))),
            new Hop("third", _ => Task.FromResult(looked ? Passed : throw new InvalidOperationException($"{looked = true}"))));

        Assert.That(reports.Select(r => r.State), Is.EqualTo(new[] { HopState.Passed, HopState.Broken, HopState.NotReached }));
        Assert.That((looked, reports[2].Time), Is.EqualTo((false, (TimeSpan?)null)));
    }

    [Test]
    public async Task Hop_OncePatienceIsSpent_IsStillLookedAtOnce()
    {
        var reports = await ExamineAsync(TimeSpan.Zero, new Hop("first", _ => Task.FromResult(Passed)), new Hop("second", _ => Task.FromResult(Passed)));

        Assert.That(reports.Select(r => r.State), Is.All.EqualTo(HopState.Passed));
    }

    private static async Task<List<HopReport>> ExamineAsync(TimeSpan patience, params Hop[] hops)
    {
        var reports = new List<HopReport>();
        await foreach (var report in new Examination(patience, TimeSpan.FromMilliseconds(1), TimeProvider.System).RunAsync(hops, CancellationToken.None))
        {
            reports.Add(report);
        }

        return reports;
    }
}
