using PixelPipeline.Soak.Checking;
using PixelPipeline.Soak.Oracle;

namespace PixelPipeline.Soak.Tests;

internal sealed class ActionLogTests
{
    private const int Events = 1_000;

    private readonly RunOracle _oracle = new(seed: 1, layout: "template");
    private Violations _violations = null!;
    private ActionLog _log = null!;

    [SetUp]
    public void MakeLog()
    {
        _violations = new Violations();
        _log = new ActionLog(_oracle, Events, _violations);
    }

    [Test]
    public void Acknowledgement_AfterItsCommit_IsNoViolation()
    {
        var index = First(EventKind.Hit);
        _log.Committed(index, _oracle.Expect(index).Table!);
        _log.Acknowledge(index);
        Assert.That(_violations.Count, Is.Zero);
    }

    [TestCase(EventKind.Hit)]
    [TestCase(EventKind.MissingUser)]
    public void Acknowledgement_BeforeItsCommit_IsAViolation(EventKind kind)
    {
        var index = First(kind);
        _log.Acknowledge(index);
        _log.Committed(index, _oracle.Expect(index).Table!);
        Assert.That(_violations.Count, Is.EqualTo(1));
    }

    [Test]
    public void Acknowledgement_OfAnIgnoredEvent_NeedsNoCommit()
    {
        _log.Acknowledge(First(EventKind.OtherPath));
        Assert.That(_violations.Count, Is.Zero);
    }

    [TestCase(EventKind.Hit, "pixel_other_20261117")]
    [TestCase(EventKind.Hit, "rejected_pixel")]
    [TestCase(EventKind.OtherPath, "pixel")]
    public void Commit_ToAnotherTable_IsAViolation(EventKind kind, string table)
    {
        _log.Committed(First(kind), table);
        Assert.That(_violations.Count, Is.EqualTo(1));
    }

    private int First(EventKind kind) => Enumerable.Range(0, Events).First(i => _oracle.EventOf(i).Kind == kind);
}
