namespace PixelPipeline.Dashboard.Tests;

internal sealed class ShownTests
{
    [TestCase("click", "click")]
    [TestCase("a b", "a b")]
    [TestCase("a\u0000b\u001b[31m\n", "a\uFFFDb\uFFFD[31m\uFFFD")]
    [TestCase("abc\u202Egnp.exe", "abc\uFFFDgnp.exe")] // right-to-left override
    [TestCase("\u200F\u2066x\u2069", "\uFFFD\uFFFDx\uFFFD")]
    [TestCase("שלום", "שלום")]
    public void Cut_OfATextOfStrangers_ShowsWhatCannotSteer(string text, string shown) => Assert.That(Shown.Cut(text), Is.EqualTo(shown));

    [Test]
    public void Cut_HalfOfASurrogatePair_IsShownAsSuch() => Assert.That(Shown.Cut("a" + (char)0xD83D), Is.EqualTo("a\uFFFD"));

    [Test]
    public void Cut_LongText_EndsAtAWholeCharacter()
    {
        var shown = Shown.Cut(string.Concat(Enumerable.Repeat("😀", 8_192 / 4)));
        Assert.That(shown, Is.EqualTo(string.Concat(Enumerable.Repeat("😀", Shown.MaxLength)) + "…"));
    }

    [Test]
    public void Value_OfAnyType_IsText()
    {
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var shown = new object?[] { null, true, 5L, 2.5, time, new DateOnly(2026, 1, 2) }.Select(Shown.Value);
        Assert.That(shown, Is.EqualTo(new[] { null, "true", "5", "2.5", "2026-01-02 03:04:05", "2026-01-02" }));
    }
}
