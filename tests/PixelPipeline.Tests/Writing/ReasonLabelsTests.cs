using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Writing;

/// <summary>The labels stand in tables and dashboards: neither their set nor their spelling changes.</summary>
public sealed class ReasonLabelsTests
{
    [Test]
    public void Ignored_Labels_AreTheClosedSet() => Assert.That(
        Enum.GetValues<IgnoredReason>().Select(r => r.ToLabel()),
        Is.EquivalentTo(["not_a_request", "cdn_internal", "other_method", "cut_url", "other_path", "no_attributes", "forgotten"]));

    [Test]
    public void Rejected_Labels_AreTheClosedSet() => Assert.That(
        Enum.GetValues<RejectedReason>().Select(r => r.ToLabel()),
        Is.EquivalentTo(["unreadable_entry", "unreadable_url", "missing_required", "invalid_value", "bad_signature", "invalid_row"]));

    [Test]
    public void Label_UnknownReason_IsRefused()
    {
        Assert.That(() => ((IgnoredReason)99).ToLabel(), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ((RejectedReason)99).ToLabel(), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
