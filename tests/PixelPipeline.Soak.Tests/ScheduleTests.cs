using PixelPipeline.Soak.Delivery;

namespace PixelPipeline.Soak.Tests;

internal sealed class ScheduleTests
{
    [TestCase(1)]
    [TestCase(1_000)]
    [TestCase(2_345)]
    public void Events_Taken_ComeOnceEach(int events)
    {
        var taken = TakeAll(new Schedule(seed: 1, events));
        Assert.That(taken.Select(d => d.Index), Is.EquivalentTo(Enumerable.Range(0, events)));
    }

    [Test]
    public void Events_Taken_AreOutOfOrder() =>
        Assert.That(TakeAll(new Schedule(seed: 1, 1_000)).Select(d => d.Index), Is.Not.Ordered);

    [Test]
    public void Message_ThatIsDueAgain_ComesBeforeNewOnes()
    {
        var schedule = new Schedule(seed: 1, 1_000);
        schedule.Again(new Due(7, 1, false), TimeSpan.Zero);
        schedule.TryTake(10, out var next);
        Assert.That(next, Is.EqualTo(new Due(7, 1, false)));
    }

    [Test]
    public void Message_ThatIsNotDueYet_LetsNewOnesPass()
    {
        var schedule = new Schedule(seed: 1, 1_000);
        schedule.Again(new Due(7, 1, false), TimeSpan.FromHours(1));
        schedule.TryTake(10, out var next);
        Assert.That(next.Attempt, Is.Zero);
    }

    private static List<Due> TakeAll(Schedule schedule)
    {
        var taken = new List<Due>();
        while (schedule.TryTake(10, out var due))
        {
            taken.Add(due);
        }

        return taken;
    }
}
