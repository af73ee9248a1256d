using System.Text;
using PixelPipeline.Forgetting;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Forgetting;

public sealed class ForgottenTests
{
    private static readonly DateTime Now = new(2026, 11, 28, 6, 0, 0, DateTimeKind.Utc);

    [Test]
    public void Overwrite_Hit_LeavesAnEntryOfItsDayThatIsIgnored()
    {
        var line = Some.Hit("user_id=ann&type=click");
        var length = line.Length;

        ForgottenEntry.Overwrite(line);

        Assert.That(Encoding.UTF8.GetString(line), Has.Length.EqualTo(length).And.Contain("2026-11-20T00:00:00Z").And.Not.Contain("ann").And.Not.Contain("203.0.113.7"));
        Assert.That(Outcome(Some.Processor(), line), Is.EqualTo("ignored forgotten"));
        Assert.That(UserNames.InEntry(line), Is.Empty);
    }

    [TestCase("user_id=ann, and no entry at all, however long it may be")]
    [TestCase("user_id=ann")] // too short for anything but blanks
    [TestCase("")]
    public void Overwrite_AnyText_LeavesNothingOfIt(string text)
    {
        var line = Encoding.UTF8.GetBytes(text);
        ForgottenEntry.Overwrite(line);
        Assert.That(Encoding.UTF8.GetString(line), Has.Length.EqualTo(text.Length).And.Not.Contain("ann"));
    }

    [TestCase("user_id=ann", "ignored forgotten")]
    [TestCase("user_id=bob", "written")]
    [TestCase("user_id=ann&screen_width=wide", "ignored forgotten")] // nor as a rejection
    [TestCase("user_id=bob&screen_width=wide", "rejected invalid_value")]
    [TestCase("type=click", "rejected missing_required")]
    public void Process_HitOfAForgottenUser_IsIgnored(string query, string expected) =>
        Assert.That(Outcome(Forgetful("ann"), Some.Hit(query)), Is.EqualTo(expected));

    [TestCase("""{"user_id":"ann"}""", "ignored forgotten")]
    [TestCase("""{"user_id":"bob"}""", "written")]
    public void Process_EventOfAForgottenUser_IsIgnored(string json, string expected) =>
        Assert.That(Outcome(Forgetful("ann"), Some.CollectedEvent(json)), Is.EqualTo(expected));

    [Test]
    public void Process_UnreadableEntryOfAForgottenUser_IsIgnored() =>
        Assert.That(Outcome(Forgetful("ann"), "{\"requestUrl\":\"/pixel.png?user_id=ann\""u8.ToArray()), Is.EqualTo("ignored forgotten"));

    [Test]
    public void Process_LiveHitOfAForgottenUser_IsWritten() =>
        Assert.That(Outcome(Some.Processor(), Some.Hit("user_id=ann")), Is.EqualTo("written"));

    [Test]
    public void Contains_ListOfSeveralKeys_LooksUnderEach()
    {
        var ann = ForgottenUser.Of("ann", null, Now);
        var users = new ForgottenUsers([ann, ForgottenUser.Of("bob", ann.Key, Now), ForgottenUser.Of("cid", null, Now)]);
        Assert.That(((string[])["ann", "bob", "cid", "dot", ""]).Where(users.Contains), Is.EqualTo(new[] { "ann", "bob", "cid" }));
    }

    [Test]
    public void Of_SameUserTwice_IsToldApartByTheKeyOnly()
    {
        var (one, other) = (ForgottenUser.Of("ann", null, Now), ForgottenUser.Of("ann", null, Now));
        Assert.That(one.Hash.Span.SequenceEqual(other.Hash.Span), Is.False, "whoever lacks the key cannot try ids out");
        Assert.That(one.Hash.Span.SequenceEqual(ForgottenUser.Of("ann", one.Key, Now).Hash.Span), Is.True);
    }

    private static PixelProcessor Forgetful(params string[] users)
    {
        var schema = Some.ShippedSchema();
        return new PixelProcessor(schema, Some.Layout(schema), "/pixel.png", new ForgottenUsers(users.Select(u => ForgottenUser.Of(u, null, Now))));
    }

    private static string Outcome(PixelProcessor processor, byte[] entry) => processor.Process(entry) switch
    {
        EntryOutcome.Ignored ignored => $"ignored {ignored.Reason.ToLabel()}",
        EntryOutcome.Rejected rejected => $"rejected {rejected.Reason.ToLabel()}",
        _ => "written",
    };
}
