using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

[Parallelizable(ParallelScope.All)]
public sealed class NewTablePacerTests
{
    [Test]
    public void Take_Burst_GrantsWhatCanWaitAndRefusesTheRest()
    {
        var time = new SkippingTime();
        var pacer = new NewTablePacer(new NewTableLimits(10, 100_000), time);
        var waits = new List<TimeSpan>();
        var refused = 0;
        for (var i = 0; i < 10_000; i++)
        {
            if (pacer.Take(countsAgainstBudget: true, out var wait) == NewTableTurn.Granted)
            {
                waits.Add(wait);
            }
            else
            {
                refused++;
            }
        }

        Assert.That(waits, Is.EqualTo(Enumerable.Range(0, 51).Select(i => TimeSpan.FromSeconds(i / 10.0))));
        Assert.That(refused, Is.EqualTo(9_949));
    }

    [Test]
    public void Take_Refused_TakesNothingOutOfTheBudget()
    {
        var time = new SkippingTime();
        var pacer = new NewTablePacer(new NewTableLimits(0.1, 2), time);
        Assert.That(pacer.Take(true, out _), Is.EqualTo(NewTableTurn.Granted));
        Assert.That(pacer.Take(true, out _), Is.EqualTo(NewTableTurn.Busy));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(pacer.Take(true, out _), Is.EqualTo(NewTableTurn.Granted));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(pacer.Take(true, out _), Is.EqualTo(NewTableTurn.BudgetSpent));
    }

    [Test]
    public void Take_OverflowTable_NeedsNoBudget()
    {
        var pacer = new NewTablePacer(new NewTableLimits(10, 0), new SkippingTime());

        Assert.That(pacer.Take(countsAgainstBudget: true, out _), Is.EqualTo(NewTableTurn.BudgetSpent));
        Assert.That(pacer.Take(countsAgainstBudget: false, out _), Is.EqualTo(NewTableTurn.Granted));
    }
}
