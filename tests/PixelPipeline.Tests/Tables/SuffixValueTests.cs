using PixelPipeline.Tables;

namespace PixelPipeline.Tests.Tables;

public sealed class SuffixValueTests
{
    [TestCase("507f1f77bcf86cd799439011", "507f1f77bcf86cd799439011")]
    [TestCase("Alice", "Alice")]
    [TestCase("a@example.com", "a_40example_2Ecom")]
    [TestCase("a_b", "a_5Fb")]
    [TestCase("é", "_C3_A9")]
    [TestCase("😀", "_F0_9F_98_80")]
    [TestCase(" ", "_20")]
    [TestCase("\0", "_00")]
    [TestCase("`; DROP TABLE x", "_60_3B_20DROP_20TABLE_20x")]
    public void Of_Text_IsSpelledInLettersDigitsUnderscores(string text, string expected) => Assert.That(SuffixValue.Of(text), Is.EqualTo(expected));

    [TestCase(199)]
    [TestCase(200)]
    public void Of_LongPlainText_StandsAsItIs(int length) => Assert.That(SuffixValue.Of(new string('a', length)), Has.Length.EqualTo(length));

    [Test]
    public void Of_TooLongText_IsCutAndHashed([Values(201, 5_000)] int length, [Values("a", "é", "-")] string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, length));
        Assert.That(SuffixValue.Of(text), Has.Length.LessThanOrEqualTo(SuffixValue.MaxLength).And.Match("^[A-Za-z0-9_]+__[0-9A-F]{32}$"));
        Assert.That(SuffixValue.Of(text), Is.Not.EqualTo(SuffixValue.Of(text + character)));
    }

    [Test]
    public void Of_EveryLengthBeforeTheCut_LeavesNoHalfEscape([Range(160, 170)] int plain)
    {
        var spelled = SuffixValue.Of(new string('a', plain) + new string('-', 40));
        Assert.That(spelled, Does.Match("^a+(_2D)*__[0-9A-F]{32}$").And.Length.LessThanOrEqualTo(SuffixValue.MaxLength));
    }
}
