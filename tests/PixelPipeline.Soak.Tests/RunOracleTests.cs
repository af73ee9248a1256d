using PixelPipeline.Soak.Oracle;

namespace PixelPipeline.Soak.Tests;

internal sealed class RunOracleTests
{
    private const int Events = 20_000;

    private readonly RunOracle _oracle = new(seed: 1, layout: "template");

    [Test]
    public void Events_OfOneRun_HaveIdsOfTheirOwn()
    {
        var ids = Enumerable.Range(0, Events).Select(i => RunOracle.EventId(_oracle.EventOf(i)));
        Assert.That(ids.Distinct().Count(), Is.EqualTo(Events));
    }

    [Test]
    public void Events_OfOneRun_AreOfEveryKind()
    {
        var kinds = Enumerable.Range(0, Events).Select(i => _oracle.EventOf(i).Kind).Distinct();
        Assert.That(kinds, Is.EquivalentTo(Enum.GetValues<EventKind>()));
    }

    [Test]
    public void Entry_OfAnyEvent_NamesItsIndex()
    {
        for (var index = 0; index < Events; index++)
        {
            Assert.That(RunOracle.IndexIn(EntryText.Of(_oracle.EventOf(index))), Is.EqualTo(index));
        }
    }

    [Test]
    public void Event_AskedForTwice_IsTheSame() =>
        Assert.That(EntryText.Of(new RunOracle(1, "template").EventOf(77)), Is.EqualTo(EntryText.Of(_oracle.EventOf(77))));

    [Test]
    public void Event_OfAnotherSeed_IsAnother() =>
        Assert.That(EntryText.Of(new RunOracle(2, "template").EventOf(77)), Is.Not.EqualTo(EntryText.Of(_oracle.EventOf(77))));
}
